"""Portuguese, of Portugal and Brazil."""

from __future__ import annotations

LABELS = {
    "total": "total|total geral|total a pagar|valor total|valor a pagar|a pagar|total liquido"
    "|total r$|valor total r$|valor a pagar r$|total eur|total da compra|total do pedido|total compra"
    "|total com iva|total da conta|montante total|total final|total iva incluido|importancia a pagar"
    "|total pagar|total a cobrar|total da venda|valor liquido|total nota|total da nota|total do cupom"
    "|total cupom|total venda|total c/ iva|total documento|total fatura|total com servico"
    "|valor total a pagar|valor a pagar total|total da fatura|total pedido|total conta"
    "|total c/ servico|total parcial a pagar|total com desconto|total r$:|total em r$|total geral r$"
    "|valor total da compra|valor da compra|valor da venda|valor total da nota|valor total nf"
    "|valor total do pedido|valor do pedido|valor final|valor pago total|total c/iva|total iva incl"
    "|total iva inc|total (iva incl)|total eur:|total (eur)|total a pagar eur|total €"
    "|total liquido a pagar|liquido a pagar|total a liquidar|a liquidar|importe total|preco total"
    "|valor estacionamento|tarifa|estacionamento|valor do estacionamento|total combustivel"
    "|total estadia|total da estadia|total consumo + servico|total com taxa|valor a cobrar"
    "|total pago a cobrar|total da encomenda|soma total|voce paga|voce pagou|total que voce paga"
    "|importancia|importancia paga",
    "total_weak": "valor|importancia|montante|soma|conta|liquido",
    "gross": "total bruto|valor bruto|valor total dos produtos|total produtos|total itens"
    "|total dos produtos|valor dos produtos|consumo|total consumo|total de consumo|total sem desconto"
    "|valor produtos|total dos itens|total consumido|produtos|valor dos itens|total bruto r$"
    "|total iliquido|iliquido|total mercadorias",
    "subtotal": "subtotal|sub total|sub-total|base|total sem iva|base incidencia|incidencia|subtotal r$"
    "|base tributavel|valor base|total s/ iva|base imponivel|base de incidencia|liquido s/ iva"
    "|valor s/ iva|base calculo|incid.|total ilíquido|sub-total r$|s/iva|valor sem iva|parcial",
    "tax": "iva|imposto|impostos|icms|total iva|valor iva|tributos|trib aprox"
    "|valor aproximado dos tributos|total impostos|iva incluido total|tributos totais incidentes|iss"
    "|imposto total|valor do iva|trib. aprox|tributos aproximados|total de impostos"
    "|valor aprox dos tributos|impostos aprox|val aprox tributos|val. aprox. tributos"
    "|total iva incluido no preco|ibpt",
    "discount": "desconto|descontos|promocao|cupom|desconto total|abatimento|desconto cartao"
    "|total descontos|desconto r$|total desconto|desconto cliente|desc|desc.|total de descontos|cupao"
    "|descontos totais|oferta|valor desconto|desconto comercial|vale desconto|cortesia|desconto imediato"
    "|desconto directo aplicado|desconto promocional|desconto item|desconto no item|desconto subtotal"
    "|desconto em cartao|desconto talao|desconto fidelidade|desconto funcionario|desconto colaborador"
    "|poupanca imediata|desconto sobre item|abat|promocoes|cupao desconto|cupom desconto|leve 3 pague 2",
    "savings": "poupou|poupanca|economia|voce economizou|economizou|poupanca total|sua economia"
    "|total poupado|total poupanca|desconto directo|poupanca imediata|nesta compra poupou|hoje poupou",
    "rounding": "arredondamento|arred|ajuste|arred.",
    "service": "servico|taxa de servico|taxa de entrega|entrega|couvert|taxa servico|taxa entrega"
    "|acrescimo|frete|couvert artistico|embalagem|taxa|saco|taxa de embalagem|sacos",
    "tip": "gorjeta|gratificacao",
    "suggested": "gorjeta sugerida|servico sugerido|taxa sugerida|servico opcional|sugestao de gorjeta"
    "|gratificacao sugerida",
    "received": "recebido|entregue|valor recebido|pago|valor pago|valor entregue|dinheiro recebido"
    "|total pago|entregou|valor pago r$|pagamento|total recebido|dinheiro entregue|recebemos|pagamentos"
    "|valor recebido r$|valor entregue eur|dinheiro recebido r$|valor dinheiro|total entregue"
    "|total recebido r$|valor pago cliente|pago em dinheiro"
    "|pagou",
    "change": "troco|troco r$|troco dinheiro|valor troco|devolver|trocos|troco eur|troco em dinheiro"
    "|troco:|valor do troco|troco a devolver",
    "balance": "saldo em cartao|saldo no cartao|saldo|saldo cartao|saldo anterior|novo saldo|saldo atual"
    "|saldo disponivel"
    "|saldo acumulado|saldo restante|saldo actual",
    "points": "pontos|pontos acumulados|saldo pontos|total pontos|pontos ganhos|saldo de pontos",
    "count": "artigos|itens|qtd|qtd total de itens|qtd. total de itens|quantidade|total de itens"
    "|n artigos|pessoas|num itens|itens vendidos|unidades|qtde|qtde total de itens|qtde. total de itens"
    "|numero de artigos|pecas|no artigos|item|qtd itens|n. artigos|quantidade de itens|volumes"
    "|n de itens|total artigos|quant|qtd de itens|num artigos|qtd total itens|quantidade total"
    "|qtd. itens|total unidades|n.artigos",
    "per_head": "por pessoa|valor por pessoa|dividido por|p/ pessoa|cada",
    "deposit": "sinal|adiantamento|entrada|sinal pago",
    "foreign": "contravalor|taxa de cambio|cambio|equivalente",
    "instalment": "parcela|parcelas|prestacao|parcelado|vezes",
    "price": "preco|preco unitario|vl unit|pvp|valor unitario|vl. unit|preco unit|de|vlr unit|p.unit|un",
    "inclusive": "iva incluido|iva inc|iva incl|com iva|iva incl.|impostos incluidos|c/ iva|iva inc."
    "|inclui iva|incluido",
    "neutral": "eur|euros|brl|r$|reais|do|da|o|a|em|de|com|via cliente|via do cliente|via consumidor"
    "|via do consumidor|trocas e devolucoes|trocas|para trocas|trocas ate|devolucoes|politica de troca"
    "|para trocas e devolucoes|nao aceitamos devolucoes|troca|kz|mt|via estabelecimento cliente"
    "|copia cliente|copia do cliente|copia para o cliente|original|trocas e devolucoes ate"
    "|trocas ou devolucoes|devolucoes ate|devolucoes em|devolucao em ate|trocas em ate"
    "|politica de trocas|politica de devolucao|para troca|prazo para troca|prazo de troca"
    "|nao fazemos troca|bar e restaurante|restaurante e bar|restaurante bar|bar restaurante|snack bar"
    "|snack-bar|cafe bar|o bar|bar do|cozinha regional|rolo cozinha|papel cozinha|papel de cozinha"
    "|fotocopia|fotocopias|copia a4|copias|teste gravidez|teste covid|teste rapido|formacao",
    "cash": "dinheiro|numerario|dinheiro r$|pagamento em dinheiro|em dinheiro|numer.|pagamento numerario"
    "|especie",
    "card": "cartao|multibanco|cartao de credito|cartao de debito|cartao credito|cartao debito|mb|tpa"
    "|credito|debito|cartao multibanco|contactless|c. credito|c. debito|cartao visa|pagamento cartao"
    "|cart credito|cart debito|pos|cartao bancario|pagamento multibanco|c.credito|c.debito|cart. credito"
    "|cart. debito|tef|elo|hipercard|visa credito|visa debito|mb card|cielo|cartão de crédito visa"
    "|cartao de debito visa|credito a vista|debito a vista|cartao mastercard|cartao visa debito"
    "|visa electron|maestro|mastercard debito|mastercard|elo debito|elo credito|cartao elo"
    "|mb contactless|multibanco contactless|pagamento tpa|pag. multibanco|pagamento com cartao"
    "|cartao de cred|cartao de deb|cartao contactless|aproximacao|maquina de cartao|pagseguro",
    "stored_value": "cartao presente|cartao oferta|cartao cliente|saldo em cartao|pre-pago"
    "|saldo cartao utilizado|cartao pre-pago|cashback|carteira|cartao continente|conta corrente cliente"
    "|cartao loja",
    "voucher": "vale|vale refeicao|ticket|vale alimentacao|vale compra|voucher|vale-refeicao"
    "|vale-alimentacao|ticket restaurante|alelo|sodexo|cartao refeicao|vr|va|cheque oferta|vale oferta"
    "|cartao alimentacao|refeicao|vale presente|vale-presente|vale compras|pluxee|vale troca|vr refeicao"
    "|cheque refeicao|cheque prenda",
    "other": "pix|mb way|mbway|transferencia|cheque|boleto|fiado|ifood|conta corrente|pagamento pix"
    "|pix qr code|pagamento instantaneo|pagamento instantaneo (pix)|paypal|mercado pago|picpay"
    "|transf bancaria|uber eats|glovo|a prazo|crediario|transferencia bancaria|pago online|multicaixa"
    "|conta cliente|m-pesa|pix qr|pix qrcode|qr code pix|pix dinamico|pix - pagamento instantaneo"
    "|convenio|carteira digital|ifood online|pagamento online|rappi|comparticipacao|seguradora|sns"
    "|ame digital|debito em conta|faturado|credito loja|referencia mb|ref. multibanco|apple pay"
    "|google pay",
    "method_label": "forma de pagamento|forma pagamento|meio de pagamento|modo de pagamento"
    "|formas de pagamento|tipo de pagamento|pagamento|pago com|metodo de pagamento|meios de pagamento"
    "|forma pgto|forma de pgto|pag|forma pag|pagamentos|pago em",
    "number": "fatura|fatura simplificada|factura|factura simplificada|fatura recibo|fatura-recibo"
    "|recibo|talao|comanda|cupom|cupom fiscal|nfc-e n|nfce|nota|nota fiscal|pedido|pedido n|venda"
    "|documento|extrato|extrato no|coo|nfc-e no|senha doc|numero|n|no|cupom n|fatura n|nfc-e"
    "|numero nfc-e|nfc-e numero|extrato n|extrato n.|fatura/recibo|doc|doc n|documento n|fs|fr|ft|nº"
    "|n°|nota n|cupom no|pedido no|venda n|venda no|comanda n|comanda no|doc.|nº documento"
    "|n. documento|recibo n|talao n|conta n|conta no|transacao|transacao n|nfce n|nota no|sat n"
    "|sat no|cf-e|nfc-e n.|cod venda|pedido #|venda #|ticket|ticket n|fact|fact.|fat|fat.|v.dinheiro"
    "|venda a dinheiro|nr|nr.|numero da nota|numero do cupom|comprovante|doc. n|fatura simpl"
    "|fatura simpl.|fatura simp|fatura simp.|fatura simplificada n|fatura simplificada no|fatura nº"
    "|fatura-recibo n|fatura recibo nº|factura n|factura recibo|recibo no|talao no|doc. no"
    "|documento no|n documento|n doc|nf-e no|nota fiscal no|extrato no.|sat|cupom fiscal no"
    "|pedido no.|senha pedido|conta n.|conta|encomenda|encomenda n|operacao|no da venda"
    "|codigo da venda|bilhete|bilhete n|ticket no|n.",
    "original": "ref fatura|fatura original|documento origem|ref a fatura|doc original"
    "|documento original|referencia a|nota original|venda original|referente a|ref. fatura|relativo a"
    "|ref.|ref doc|cupom original|doc. origem|ref. a|ref. doc|doc origem|referente ao|referente a fatura"
    "|refere-se a|documento de origem|retifica|retifica fatura|fatura de origem|referencia|anula"
    "|cupom cancelado|nota cancelada|ref a|ref|venda de origem|pedido original|rectifica"
    "|regularizacao de|devolucao de|devolucao da fatura",
    "identity": "tel|nif|nipc|cnpj|cpf|ie|im|caixa|operador|mesa|terminal|atcud|autorizacao"
    "|atendente|vendedor|cliente|contribuinte|certificado|protocolo|chave de acesso|serie|telefone"
    "|garcom|loja|empregado|funcionario|processado por programa certificado|n contribuinte|telf|telem"
    "|cap social|cep|cod|codigo|nsu|aut|doc aut|c.p.|posto|fax|contrib|func|consumidor"
    "|codigo de autorizacao|cod autorizacao|iva no|licenca|sat no serie|turno|balcao|estab"
    "|estabelecimento|atendido por|id|ref mb|capital social|cartao n|no serie|periodo|rps|nif cliente"
    "|hash|chave|tlm|tlf|emp|ecf|lj|pdv|op|cred|ccf|cod. aut|matricula|versao|seq|no contribuinte",
    "date": "data|hora|data/hora|emissao|data de emissao|data e hora|emitido em|data hora|data emissao"
    "|impresso em|dt|data da venda",
    "queue": "senha|sua senha|numero da senha|senha no|senha n",
    "turnover": "vendas brutas|vendas liquidas|total vendas|total de vendas|fundo de caixa"
    "|fundo caixa|vendas do dia|ticket medio|n de vendas|suprimento|sangria|total em caixa"
    "|vendas total|vendas totais",
}

TITLES = {
    "refund": "devolucao|reembolso|nota de credito|estorno|devolucao de mercadoria|nota credito"
    "|talao de devolucao|devolucao de venda|comprovante de devolucao|comprovante de estorno"
    "|nota de devolucao|troca/devolucao|vale devolucao|devolucao parcial|cupom de devolucao|devolucoes"
    "|troca e devolucao|devolvido|vale de devolucao|devolucao de artigos|reembolso efetuado",
    "void": "anulacao|anulado|cancelado|cancelamento|cupom cancelado|venda cancelada|anulada|cancelada"
    "|documento anulado|cupom fiscal cancelado|nota cancelada|fatura anulada|venda anulada"
    "|comprovante de cancelamento|cancelamento de venda|estornado|cancelamento de cupom|pedido cancelado"
    "|talao anulado|nfc-e cancelada|extrato de cancelamento|anulamento|estorno|conta anulada",
    "duplicate": "segunda via|2a via|2 via|copia|duplicado|reimpressao|2ª via|2.a via|2.ª via"
    "|segunda-via|reimpresso|2a. via|via adicional|copia do documento|copia do original"
    "|duplicado da fatura|reemissao|2via|fatura duplicada|re-impressao|2ª via do documento|duplicata"
    "|talao duplicado|copia fatura|reimpressao de cupom|via duplicada|copia da fatura|2a via cliente"
    "|reimpressao de talao",
    "kitchen": "cozinha|comanda cozinha|pedido cozinha|bar|pedido de cozinha|pedido bar|comanda bar"
    "|producao|pedido p/ cozinha|copa|grelha|pedido para cozinha|chapa|churrasqueira|pizzaria|balcao"
    "|forno|cozinha quente|cozinha fria|ordem de producao|bebidas|sushi",
    "report": "fecho de caixa|fechamento de caixa|relatorio z|reducao z|leitura x|fecho do dia"
    "|relatorio x|fechamento|resumo do dia|fecho|fecho diario|resumo de vendas|relatorio de vendas"
    "|fecho de turno|mapa de caixa|fecho z|fechamento do dia|relatorio|fechamento do caixa"
    "|fechamento de turno|resumo de caixa|resumo diario|relatorio gerencial|mapa de vendas|fecho x"
    "|talao z|leitura z|relatorio de caixa|relatorio diario|folha de caixa|totais do dia|resumo do caixa"
    "|conferencia de caixa|apuramento|mapa diario|resumo de turno|fechamento diario|movimento de caixa"
    "|fecho caixa|fecho de dia|movimento do dia|totais diarios|relatorio financeiro|encerramento|mapa z"
    "|fechamento caixa|contagem de caixa|apuramento diario|vendas do dia|total do dia|quebra de caixa"
    "|troca de turno|fim de turno|z diario",
    "training": "formacao|modo formacao|treino|treinamento|modo treinamento|teste|demonstracao"
    "|modo treino|homologacao|modo demonstracao|documento de formacao|modo teste|ambiente de homologacao"
    "|modo de treino|modo de formacao|documento emitido para fins de formacao",
    "merchant_copy": "via estabelecimento|via do estabelecimento|via lojista|copia comerciante|via loja"
    "|copia do comerciante|via do lojista|via comerciante|talao comerciante|copia loja|via da loja"
    "|copia para o comerciante",
    "voucher": "vale|vale desconto|cupao|cupom desconto|vale presente|talao de desconto|voucher"
    "|cheque oferta|cupom de desconto|vale oferta|vale compra|vale troca|vale-troca|vale de desconto"
    "|cupao de desconto|vale compras|cheque prenda|rifa|vale brinde|ficha|vale-presente|vale-compra"
    "|vale-compras",
    "other": "consulta de mesa|pre-conta|pre conta|proforma|orcamento|conferencia|conferencia de mesa"
    "|abertura de gaveta|suprimento|sangria|guia de transporte|recarga|conta provisoria"
    "|conferencia de conta|pro-forma|preconta|fatura proforma|factura proforma|fundo de caixa"
    "|abertura de caixa|talao de oferta|teste de impressao|extrato de mesa|extrato da mesa"
    "|parcial de mesa|conta parcial|parcial|conta mesa|cotacao|senha|talao oferta|talao de troca"
    "|encomenda|entrada de caixa|saida de caixa|entrada de dinheiro|saida de dinheiro|pagina de teste"
    "|reforco de caixa|pedido de conta|previa|previa da conta|pre-venda|pre venda|nao fiscal"
    "|conta em aberto|reserva|consulta mesa|sem venda|auto teste|teste de impressora|autoteste|gaveta"
    "|retirada|despesa|previa de conta|documento auxiliar de venda|dav|resumo da mesa|nota de encomenda"
    "|conferencia da mesa|extrato de conta|pedido em espera|recarga de cartao|teste impressora"
    "|cheque brinde|comprovante de entrega|romaneio|carregamento|consulta de conta|pre conta mesa"
    "|parcial de conta|extrato mesa|conta para conferencia|documento de conferencia|proposta"
    "|encomenda pendente|guia de remessa|nota de entrega|reforco|retirada de caixa|abertura gaveta"
    "|fundo de troco|recarga celular|carregamento cartao|consulta de saldo|senha de atendimento"
    "|sua senha|a sua senha|senha no|senha n|teste|transacao negada|transacao recusada|nao autorizada"
    "|nao autorizado|vale presente troca|agendamento|adiantamento|recibo de sinal|sinal",
}

SAYINGS = {
    "other": "nao serve de fatura|nao e fatura|este documento nao"
    "|documento nao fiscal|nao pago|aguardando pagamento|sem valor fiscal|nao serve de factura"
    "|nao fiscal|solicite a fatura|solicite fatura|exija fatura|solicite a sua fatura|exija a fatura"
    "|nao valido como fatura|nao valido como recibo|por pagar|pagamento pendente|nao e valido como"
    "|nao comprova pagamento|exija a sua fatura|pague no caixa|pagar no caixa|a pagar no caixa"
    "|nao tem validade fiscal|transacao negada|nao constitui|pedir fatura|peca a sua fatura"
    "|pague na caixa|nao vale como recibo|nao serve como fatura|documento sem valor fiscal"
    "|este documento nao serve|pagar na caixa|dirija-se ao caixa|a aguardar pagamento|aguarde sua senha"
    "|conferencia de mesa|simples conferencia",
    "training": "sem valor fiscal formacao|modo formacao|modo treinamento|ambiente de homologacao"
    "|modo treino|fins de formacao",
    "duplicate": "copia do documento original|copia do original|2a via do documento|copia de documento",
    "refund": "valor devolvido|total devolucao|total devolvido|valor estornado|valor da devolucao"
    "|total estorno|valor a devolver|total a devolver|valor reembolsado|total reembolso"
    "|total reembolsado|valor do estorno|total estornado|devolvido em dinheiro|total da devolucao"
    "|devolvido em numerario|reembolso em dinheiro|reembolso em numerario|reembolsado em|valor credito"
    "|total credito|total nota de credito|estorno cartao|estorno dinheiro",
    "void": "documento anulado|cupom cancelado|venda cancelada|nfc-e cancelada|nota cancelada"
    "|pedido cancelado",
    "asking": "nao e documento fiscal",
}

PROOFS = {
    "paid": "pago|paga|quitado|recebido|pagamento aprovado|conta paga|pagamento efetuado|liquidado"
    "|pedido pago|pagamento confirmado|pagamento efectuado",
    "fiscal": "nfc-e|nfce|cf-e|cf-e-sat|sat|sat no|chave de acesso|cupom fiscal|cupom fiscal eletronico"
    "|protocolo de autorizacao|documento auxiliar da nota fiscal|ecf|coo|danfe",
    "receipt": "recibo|cupom|talao|fatura-recibo|fatura/recibo|recibo no|fatura recibo|comprovante"
    "|comprovante de venda|comprovante de pagamento|cupom de venda|talao de venda|ticket de venda"
    "|venda a dinheiro|cupom no|comprovante de compra",
    "invoice": "fatura simplificada|fatura|nota fiscal|factura|factura simplificada|nota",
    "served": "mesa|pessoas|garcom|comanda|empregado|couvert|cartao consumo|cadeira|quarto",
    "slip": "estabelecimento|autorizacao|autoriz|via cliente|doc|nsu|cv|stone id|lote|via do cliente|id term",
    "approved": "autorizacao|aut|cod autorizacao|codigo de autorizacao|nsu",
}
