"""Spanish, of Spain and Latin America."""

from __future__ import annotations

LABELS = {
    "total": "total|total a pagar|importe total|total eur|total general|total compra|total venta|a pagar"
    "|total con iva|total factura|total neto|importe a pagar|monto total|total cuenta|total iva incluido"
    "|neto a pagar|gran total|total ticket|total euros|total con impuestos|suma total|total mxn"
    "|total pagar|monto a pagar|valor total|total pedido|valor a pagar|total de la compra"
    "|importe total eur|total final|total orden|total boleta|total consumo|total consumido|total c/iva"
    "|saldo a pagar|total con propina|total iva inc|total redondeado|total importe|total a cobrar"
    "|total en euros|total a abonar|a abonar|total m.n.|total pesos|total clp|total ars|total cop"
    "|total soles|total s/|total iva incl|total (iva incl)|total + propina|monto final|precio total"
    "|importe estacionamiento|tarifa|total estacionamiento|total estancia|total con redondeo"
    "|importe venta|importe de la venta|total operacion|importe operacion",
    "total_weak": "importe|monto|suma|neto|valor|cuenta|consumo|precio total",
    "gross": "total bruto|total antes de descuento|importe bruto|bruto|total sin descuento|total articulos",
    "subtotal": "subtotal|sub total|sub-total|base imponible|base|neto gravado|total sin iva|base imp"
    "|importe neto|op gravada|op. gravada|op. gravadas|gravado|exento|gravada|monto neto|neto sin iva"
    "|total neto sin iva|suma parcial|base imp.|b. imponible|venta neta|ventas gravadas"
    "|total sin impuestos|total parcial|op exonerada|op inafecta|op. exonerada|op. inafecta|op gravadas"
    "|total neto gravado|subtotal neto|grav",
    "tax": "iva|impuesto|impuestos|igv|cuota|cuota iva|total iva|igic|itbis|ieps|i.v.a.|i.v.a"
    "|impuesto iva|monto iva|total impuestos|inc|impoconsumo|iva total|impto|impuesto consumo|imp|imp."
    "|importe iva|ice|ipc|isv|imp consumo|iva 21%|iva 10%|iva 4%|iva 16%|iva 19%|iva contenido|iva 16"
    "|igv 18%|i.g.v.|itbms|iva (16%)|iva (19%)|iva (21%)|ipoconsumo|inc 8%|recargo de equivalencia"
    "|cuotas iva|iva debito fiscal",
    "discount": "descuento|dto|desc|rebaja|promocion|cupon|descuento socio|bonificacion|total descuento"
    "|dcto|desct|descuentos|dto.|desc.|total descuentos|oferta|dsto|descto|descuento total|dscto|cupones"
    "|desc total|descuento cliente|descuento empleado|descuento tarjeta|descuento club"
    "|descuento promocional|descuentos y promociones|ahorro promocion|promo 2x1|2x1|3x2|dto promo"
    "|descto.|bonif|bonif.|cupon descuento|total dto|total dto.|total desc|total desc.|menos descuento",
    "savings": "ahorro|usted ahorro|ha ahorrado|ahorraste|su ahorro|total ahorro|ahorros"
    "|usted ha ahorrado|te ahorraste|total ahorrado|has ahorrado|ud. ahorro|ud ahorro",
    "rounding": "redondeo|ajuste|ajuste redondeo|ajuste por redondeo|ley redondeo|ajuste sencillo|redond"
    "|donacion redondeo",
    "service": "servicio|envio|cubierto|bolsa|servicio de mesa|recargo|costo envio|costo de envio"
    "|domicilio|gastos de envio|cargo por servicio|cubiertos|suplemento|suplemento terraza|pan|empaque"
    "|despacho",
    "tip": "propina|propina voluntaria|propinas|propina sugerida incluida|propina incluida|propina (10%)"
    "|propina 10%|propina 15%|cubierto servicio",
    "suggested": "propina sugerida|sugerencia de propina|propina recomendada|sugerida|sugerido"
    "|propina no incluida|propina opcional",
    "received": "entregado|recibido|pagado|efectivo recibido|pago|entrega|su pago|importe entregado"
    "|paga|pago con|total pagado|abonado|importe recibido|monto recibido|entregado efectivo"
    "|efectivo entregado|pago recibido|importe pagado|dinero recibido|recibi|recibimos|monto pagado"
    "|pagos|pago efectivo|su entrega|pago cliente|entrega efectivo|a entregar|paga con"
    "|pago con efectivo|monto entregado|total recibido|total entregado|recibido efectivo|cobrado"
    "|total abonado|importe abonado",
    "change": "cambio|vuelto|su cambio|devolucion cambio|vuelta|a devolver|su vuelto|devuelto"
    "|cambio efectivo|vueltas|sobra|cambio en efectivo|vuelto efectivo|devolucion de cambio|cambio eur"
    "|cambio mxn|vuelto s/|devuelta",
    "balance": "saldo|saldo tarjeta|saldo anterior|nuevo saldo|saldo restante|saldo disponible"
    "|saldo actual|saldo monedero|saldo acumulado"
    "|saldo inicial|saldo final|saldo club|saldo previo",
    "points": "puntos|puntos acumulados|saldo puntos|puntos ganados|total puntos|puntos obtenidos"
    "|puntos compra|puntos disponibles|saldo de puntos|punto|pts",
    "count": "articulos|num articulos|unidades|uds|total articulos vendidos|cantidad|comensales|piezas"
    "|personas|articulo|cant|no articulos|n articulos|productos|total productos|lineas"
    "|numero de articulos|no. de articulos|items|total piezas|total unidades|num. articulos|pzas"
    "|cubiertos totales|art|no. articulos|total items|cant. articulos|articulos vendidos"
    "|total de articulos|prod",
    "per_head": "por persona|por comensal|c/u|por pers",
    "deposit": "anticipo|deposito|a cuenta|senal|sena|reserva pagada|entrega a cuenta|abono",
    "foreign": "equivalente|tipo de cambio|equivale|tasa de cambio|tc|tasa|aprox|tasa bcv",
    "instalment": "mensualidad|cuotas|plazo|meses|mensualidades|cuota mensual",
    "price": "precio|pvp|precio unitario|p.unit|p. unit|antes|precio normal|p.u.|precio anterior"
    "|precio regular|precio unit|p/u|pvp unitario",
    "inclusive": "iva incluido|iva incl|iva incl.|impuestos incluidos|iva inc|i.v.a. incluido|con iva"
    "|iva inclu.|con impuestos|incluido iva|incluye iva|inc. iva|incl. iva|iva inc.|incluido|incluye"
    "|impuestos incl|incluidos",
    "neutral": "eur|euros|mxn|m.n.|pesos|clp|cop|ars|pen|de|en|el|la|con|su|venta|por|euro|soles"
    "|copia cliente|cliente|cambios y devoluciones|politica de devolucion|para cambios"
    "|no se aceptan devoluciones|devoluciones|plazo de devolucion|para devoluciones|no se admiten"
    "|cambios|devolucion en|no se aceptan cambios|para cambios o devoluciones|politica de cambios|m.n"
    "|usd|bs|gs|quetzales|lempiras|copia para el cliente|copia del cliente|copia de cliente"
    "|ejemplar cliente|ejemplar para el cliente|resguardo cliente|devoluciones con ticket"
    "|devoluciones hasta|devoluciones en|cambios o devoluciones|se admiten devoluciones"
    "|se admiten cambios|cambio o devolucion|devolucion o cambio|cambios y/o devoluciones"
    "|devolucion con ticket|el bar|bar restaurante|restaurante bar|bar cafeteria|cafeteria bar"
    "|bar-cafeteria|cafe bar|cafe-bar|bar de tapas|la barra|barra de pan|barra pan|barra libre"
    "|cocina mexicana|la cocina|rollo cocina|papel cocina|prueba embarazo|prueba covid|test embarazo"
    "|fotocopia|fotocopias|copia color|copias|copia b/n|ticket de cambio gratis|cancelado en efectivo"
    "|cancelado con|pagado cancelado|formacion profesional|test",
    "cash": "efectivo|contado|pago en efectivo|metalico|en efectivo|efectivo mxn|pago efectivo"
    "|al contado|efectivo eur|efvo|efect",
    "card": "tarjeta|tarjeta credito|tarjeta debito|tarjeta de credito|tarjeta de debito"
    "|tarjeta bancaria|credito|debito|pago tarjeta|tarj|t. credito|t. debito|redcompra|datafono"
    "|contactless|pago con tarjeta|tpv|tarj credito|tarj debito|pago tarjeta bancaria|tarjeta cred"
    "|tarjeta deb|con tarjeta|tarj.|redelcom|webpay|transbank|tarj. credito|tarj. debito|tdc|tdd"
    "|visa debito|visa credito|mastercard debito|mastercard credito|tarjeta visa|tarjeta mastercard"
    "|tarjeta amex|tarjeta contactless|tarjeta sin contacto|sin contacto|american express|debito visa"
    "|credito visa|debito mastercard|tarjeta tpv|pago con tpv|tarjeta de deb|tarjeta de cred"
    "|redcompra debito|debito redcompra|tarj de credito|tarj de debito|t. de credito|t. de debito|t/c"
    "|t/d|tc|td|maestro|posnet|cabal|naranja|carnet|bancaria|pinpad|clip",
    "stored_value": "tarjeta regalo|monedero|monedero electronico|tarjeta prepago|tarjeta cliente"
    "|prepago|dinero electronico",
    "voucher": "vale|vales|vale despensa|cheque regalo|ticket restaurant|cheque gourmet|bono"
    "|vales de despensa|cesta ticket|ticket restaurante|tarjeta restaurante|cheque restaurante|sodexo"
    "|vale de compra|edenred|cupon regalo|vales despensa|si vale|vale regalo",
    "other": "bizum|transferencia|yape|plin|mercado pago|cheque|nequi|codi|daviplata|fiado|spei"
    "|a credito|modo|qr|pse|paypal|rappi|uber eats|glovo|cuenta corriente|sinpe|mercadopago|cuenta dni"
    "|a cuenta cliente|billetera|pago movil|just eat|cargo habitacion|oxxo pay|credito cliente|mb way"
    "|yape / plin|nequi / daviplata|mercadopago qr|qr mercado pago|qr mercadopago|transferencia bancaria"
    "|transferencia electronica|pago qr|pago en linea|pago online|pagado online|pagado app|apple pay"
    "|google pay|obra social|seguro|seguro medico|isapre|fonasa|eps|credito tienda|credito de la casa"
    "|cuenta empresa|cta cte|cta. cte.|cta corriente|cargo a habitacion|cargo a cuarto|bancolombia qr"
    "|mach|tenpo|uala|naranja x|cheque bancario|didi|didi food|ubereats|just eat online|bitcoin|zelle"
    "|pago movil bdv|movistar money"
    "|cargo a cuenta|cargo a cuenta alumno|cargo en cuenta",
    "method_label": "forma de pago|metodo de pago|medio de pago|tipo de pago|formas de pago|pago con"
    "|pagado con|f. pago|forma pago|modo de pago|condicion de pago|medio pago|f.pago|tipo pago"
    "|forma de cobro",
    "number": "ticket|factura|factura simplificada|factura no|ticket no|folio|num ticket|n ticket"
    "|boleta|boleta no|recibo|comprobante|nro|num|n factura|fra|fra simplificada|nota|documento"
    "|pedido|orden|operacion|transaccion|factura n|factura simp|nota de venta|no ticket|no. ticket"
    "|nro ticket|nro. ticket|n° ticket|n.º ticket|numero|no|n°|nº|num.|no.|no. factura|nro factura"
    "|nro. factura|factura simpl|fact|fact.|fact. simplificada|f. simplificada|fs|boleta electronica"
    "|boleta n|boleta de venta|boleta de venta electronica|num. ticket|ticket #|folio no|folio venta"
    "|cuenta no|no. cuenta|no. orden|orden no|orden #|pedido no|num factura|num. factura|ticket num"
    "|ticket nro|factura nro|factura num|factura electronica|doc|doc.|venta no|venta|venta #"
    "|recibo no|comanda no|num. operacion|no. de ticket|factura de venta|nota no|tiquete|tique|tiquet"
    "|ticket numero|num. fra|numero de ticket|transaccion no|remision|consecutivo|fra. simplificada"
    "|n° factura|n° de ticket|n° de boleta|n° boleta|nº factura|nº fra|no. de folio|no. folio"
    "|folio de venta|folio:|folio ticket|folio nota|ticket de venta|ticket venta|ticket de compra|tkt"
    "|tck|nro de ticket|nro. de ticket|nro comprobante|nro. comprobante|comp. nro|comp nro"
    "|comprobante no|comprobante nro|comprobante n|recibo n|recibo nro|recibo de pago"
    "|nota de venta no|num de ticket|numero factura|numero de factura|numero de boleta|num. de ticket"
    "|num. pedido|numero de pedido|numero pedido|pedido #|pedido n|orden n|orden numero"
    "|orden de venta|orden num|cuenta|cuenta #|cuenta n|no. venta|no. de venta|nro venta|venta n"
    "|id venta|id ticket|id transaccion|transaccion #|no. transaccion|no transaccion|trx|fact. simpl"
    "|fra. simpl|fra. n|fra n|albaran n|tique factura|tique nro|factura b|factura a|factura c"
    "|ticket factura b|ticket factura|op|oper|operacion n|simpl.|simplificada|fra. simpl.|n."
    "|registro|contrato",
    "original": "ticket original|factura original|ticket origen|ref ticket|documento original"
    "|folio original|factura rectificada|ticket de referencia|rectifica|ref factura|devolucion de ticket"
    "|ref. ticket|devolucion ticket|rectifica a|rectifica ticket|ref. factura|ticket ref|ticket devuelto"
    "|venta original|boleta original|doc. referencia|doc referencia|documento referencia"
    "|factura de origen|doc. ref|doc ref|factura ref|del ticket|de ticket|doc. origen|doc origen"
    "|ticket anulado|operacion original|ref|referencia a|factura afectada|compra original"
    "|comprobante original",
    "identity": "tel|telefono|nif|cif|rfc|ruc|rut|nit|cuit|caja|cajero|cajera|mesa|camarero|mesero"
    "|terminal|autorizacion|no autorizacion|vendedor|atendido por|le atendio|cliente no|tienda"
    "|sucursal|socio|cp|c.p.|tlf|tfno|aut|afiliacion|dependiente|empleado|le atiende|operador|cae|dni"
    "|cliente|atendio|tarjeta no|num tarjeta|giro|referencia|ref pago|aid|arqc|estacion|tel.|tlfno"
    "|mozo|codigo postal|codigo|comercio|n operacion|num aut|aprobacion|registro|serie|timbre"
    "|resolucion|timbre electronico sii|lote|punto de venta|nro caja|clave|id|hora caja|local"
    "|folio fiscal|uuid|whatsapp|fax|personas mesa|pax|autorizacion no|cui|cuf|turno|turno no",
    "date": "fecha|hora|fecha y hora|fecha/hora|fecha emision|emision|impreso|fecha de emision|fec"
    "|fecha hora|f. emision|fecha de expedicion",
    "queue": "numero de turno|su numero|su turno",
    "turnover": "total ventas|ventas efectivo|ventas tarjeta|cobros tarjeta|cobros efectivo"
    "|fondo inicial|efectivo en caja|ventas netas|ventas brutas|ventas del dia|numero de ventas"
    "|ticket promedio|total de ventas|ventas totales|ventas contado|total cobros",
}

TITLES = {
    "refund": "devolucion|reembolso|abono|nota de credito|devolucion de mercancia|ticket de devolucion"
    "|factura rectificativa|ticket devolucion|vale devolucion|comprobante de devolucion"
    "|devolucion de venta|nota credito|devoluciones de venta|rectificativa|ticket abono|factura de abono"
    "|nota de abono|factura simplificada rectificativa|nota de credito electronica|devolucion efectivo"
    "|devolucion parcial|devolucion total|reintegro|devolucion venta",
    "void": "anulacion|anulado|cancelado|cancelacion|ticket anulado|venta cancelada|anulada|cancelada"
    "|ticket cancelado|venta anulada|operacion anulada|transaccion cancelada|factura anulada"
    "|cuenta cancelada|anulacion de venta|cancelacion de venta|ticket nulo|nulo|orden cancelada"
    "|boleta anulada|anulacion ticket|comprobante de anulacion|transaccion anulada|comprobante anulado"
    "|pedido cancelado|documento anulado",
    "duplicate": "duplicado|copia|reimpresion|copia de ticket|reimpreso|ticket copia|duplicado ticket"
    "|copia ticket|ticket duplicado|copia de factura|re-impresion|copia factura|duplicado de ticket"
    "|copia de recibo|segunda copia|factura duplicado|copia comprobante|copia de boleta"
    "|reimpresion de ticket|ticket reimpreso|copia fiel|reimpresion ticket|copia de cliente reimpresa"
    "|ticket reimpresion|duplicado factura|copia simple|copia no valida|copia de documento",
    "kitchen": "cocina|comanda|comanda cocina|barra|bar|pedido cocina|orden de cocina|ticket cocina"
    "|comanda de cocina|comanda barra|orden cocina|parrilla|plancha|cocina caliente|cocina fria|bebidas"
    "|ticket de cocina|marchar|freidora|horno|comandas|imp. cocina|orden de barra",
    "report": "corte de caja|cierre de caja|informe z|informe x|cierre z|arqueo|corte x|corte z"
    "|cierre diario|reporte z|reporte x|corte parcial|cierre de turno|resumen de ventas|arqueo de caja"
    "|cierre|corte de turno|reporte de ventas|lectura x|listado z|z diario|cuadre de caja|informe diario"
    "|cierre x|cierre parcial|corte|reporte diario|informe de ventas|cierre de dia|cierre del dia"
    "|cierre de lote|ventas del dia|totales de caja|fin de turno|informe de cierre|resumen diario"
    "|resumen de caja|corte de caja z|corte de caja x|reporte de caja|resumen de turno|informe de caja"
    "|total del dia|reporte corte|lectura z|corte final|reporte de cierre|balance de caja"
    "|informe financiero|planilla de caja|rendicion de caja|cierre caja|total de ventas|cierre tpv"
    "|totales tpv|corte general|reporte|informe|cierre de jornada|cierre general|parte de caja"
    "|parte diario|ventas diarias|venta diaria|venta del dia|resumen|resumen z|resumen x|corte del dia"
    "|corte diario|corte de cajero|corte cajero|corte caja|arqueo final|cuadre|liquidacion"
    "|liquidacion de caja|rendicion|cierre de cajero|total z|z de caja|informe de turno|informe caja"
    "|auditoria",
    "training": "formacion|modo formacion|practica|entrenamiento|modo entrenamiento|prueba|demostracion"
    "|modo practica|modo aprendizaje|modo prueba|ticket de prueba|capacitacion|modo capacitacion"
    "|modo demo|ticket formacion|escuela|modo escuela",
    "merchant_copy": "copia comercio|copia comerciante|copia para el comercio|copia establecimiento"
    "|copia para comercio|ejemplar comercio|comprobante comercio|copia local|copia del comercio"
    "|copia negocio|copia adquirente|original comercio|resguardo comercio|copia tienda"
    "|ejemplar para el comercio|copia para el establecimiento|original establecimiento",
    "voucher": "vale|vale de descuento|cupon|cheque regalo|tarjeta regalo|cupon de descuento"
    "|vale de compra|vale regalo|bono regalo|cupon descuento|vale descuento|vale por|bono descuento"
    "|boleto de rifa|vale de consumo|vale canje",
    "other": "ticket aparcado|aparcado|ticket en espera|ticket abierto|ticket pendiente"
    "|precuenta|pre-cuenta|pre cuenta|proforma|presupuesto|cotizacion|nota proforma"
    "|cuenta provisional|apertura de cajon|recarga|retiro|ingreso|deposito de efectivo|apertura"
    "|prefactura|pre-factura|albaran|estado de cuenta|sin venta|cuenta|retiro de efectivo|salida de caja"
    "|entrada de caja|ticket regalo|test impresora|prueba de impresion|pago proveedor|fondo de caja"
    "|proforma de cuenta|pre-ticket|preticket|sin valor fiscal|cuenta parcial|apertura de caja"
    "|pagina de prueba|gasto|gastos|ticket de regalo|cuenta en espera|pago a proveedor|autotest|turno"
    "|abrir cajon|apertura cajon|factura proforma|ingreso de efectivo|entrada de efectivo"
    "|salida de efectivo|consumo provisional|pedido pendiente|nota de entrega|orden de compra"
    "|guia de remision|ticket de espera|apartado|reserva|ticket proforma|borrador|control de cuenta"
    "|venta en espera|cierre de mesa|estado de la cuenta|borrador de cuenta|prueba impresora"
    "|nota de remision|su turno|pre ticket|cuenta pendiente|cuenta abierta|consumo parcial"
    "|consumo de mesa|detalle de consumo|detalle de cuenta|resumen de cuenta|nota de consumo"
    "|vista previa|pre-boleta|pre boleta|preboleta|precomanda|pro forma|pro-forma|comprobante no fiscal"
    "|documento no fiscal|ticket no fiscal|vale de caja|retiro de caja|retiro parcial|deposito"
    "|abono a cuenta|recibo de anticipo|anticipo|apartado de mercancia|sistema de apartado|tiempo aire"
    "|recarga electronica|recarga celular|recarga tarjeta|consulta de saldo|saldo tarjeta"
    "|numero de turno|su numero|numero de espera|lista de espera|prueba impresora ok|prueba"
    "|apertura de gaveta|gaveta|cajon abierto|cajon|sin venta cajon|transaccion rechazada"
    "|operacion rechazada|rechazada|denegada|ticket cambio|ticket para cambio|vale de entrega"
    "|hoja de pedido|hoja de reclamacion",
}

SAYINGS = {
    "other": "no es un comprobante|documento no valido|no valido como factura|pendiente de pago"
    "|no pagado|este documento no es|sin valor fiscal|no es factura|pague en caja|no es comprobante"
    "|documento no fiscal|pendiente de cobro|no valido como ticket|sin validez fiscal"
    "|no valida como factura|esto no es una factura|no es valido como|no es un ticket|no fiscal"
    "|no es boleta|por pagar|cobro pendiente|operacion denegada|no tiene validez|pendiente pago"
    "|no cobrado|sin cobrar|solicite su factura simplificada|no constituye|pago pendiente"
    "|solicite su factura|solicite su ticket|favor de pagar en caja|pague su cuenta en caja"
    "|pagar en caja|favor de pasar a caja|pase a caja|pendiente por pagar|no es comprobante fiscal"
    "|no valido como comprobante|no es un comprobante fiscal|cuenta no pagada|cuenta por pagar"
    "|este no es un|este ticket no es",
    "training": "modo formacion|modo entrenamiento|modo practica|modo prueba|modo capacitacion",
    "duplicate": "copia del original|copia sin valor|es una copia|reimpresion de",
    "refund": "importe devuelto|total devuelto|total devolucion|a devolver al cliente"
    "|importe devolucion|monto devuelto|devuelto en efectivo|total reembolso|total abono"
    "|importe a devolver|total a devolver|monto reembolsado|reembolso efectivo|reembolso tarjeta"
    "|importe reembolsado|devolucion efectivo|devolucion tarjeta|dinero devuelto|monto devolucion"
    "|efectivo devuelto",
    "void": "ticket anulado|venta cancelada|cuenta cancelada|venta anulada|operacion cancelada"
    "|operacion anulada|anulacion total|anulado total",
}

PROOFS = {
    "paid": "pagado|pagada|cancelado|cobrado|abonado|factura pagada|pago realizado|cuenta pagada"
    "|gracias por su pago|pago exitoso|pago aprobado|venta pagada|pago completado|ticket pagado"
    "|cuenta cobrada",
    "fiscal": "cufe|cude|timbre electronico sii|timbre electronico|folio fiscal|cae|c.a.e.|verifactu"
    "|veri*factu|tbai|ticketbai|controlador fiscal|cae nro|cuis|autorizacion sri|clave de acceso"
    "|sello digital|boleta electronica|boleta de venta electronica|factura electronica|tique"
    "|ticket fiscal|tique factura|documento equivalente|cai|comprobante fiscal",
    "receipt": "recibo|ticket de compra|ticket de venta|ticket|comprobante de pago|recibo de pago|boleta"
    "|boleta de venta|nota de venta|tiquete|tiquete de compra|recibo de caja|tique de compra"
    "|comprobante de venta|recibo no|ticket no|ticket n|recibo de venta|boleta no|ticket caja"
    "|justificante de pago|justificante de compra",
    "invoice": "factura simplificada|factura|factura de venta|factura no|fra simplificada",
    "served": "mesa|comensales|camarero|mesero|mozo|personas|cubiertos|mesera|habitacion|le atendio mesa"
    "|garzon",
    "slip": "no autorizacion|autorizacion|no comercio|comercio no|afiliacion|arqc|lote|no operacion"
    "|copia cliente|num. operacion|terminal id",
    "approved": "no autorizacion|autorizacion|aut|cod autorizacion|codigo de autorizacion"
    "|no. autorizacion|num. autorizacion|aprobacion",
}
