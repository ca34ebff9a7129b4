"""Italian."""

from __future__ import annotations

LABELS = {
    "total": "totale|totale complessivo|totale euro|totale eur|da pagare|totale da pagare|importo totale"
    "|totale generale|totale documento|tot|netto a pagare|totale dovuto|totale scontrino|totale conto"
    "|importo da pagare|totale a pagare|totale ordine|totale vendita|totale finale|tot. complessivo"
    "|tot complessivo|totale ivato|totale spesa|importo dovuto|totale fattura|totale da saldare"
    "|totale complessivo eur|totale complessivo euro|tot. euro|tot. eur|tot euro|tot eur|totale importo"
    "|importo euro|importo totale eur|importo complessivo|totale conto euro|totale da pagare eur"
    "|netto da pagare|totale netto|totale iva inclusa|totale con iva|totale iva compresa|totale pagabile"
    "|totale ricevuta|totale soggiorno|tariffa|tariffa sosta|importo sosta|prezzo totale"
    "|totale carburante|somma dovuta|totale finale eur|totale da corrispondere"
    "|dovuto|corrispettivo pagato|corrispettivo",
    "total_weak": "importo|somma|netto|conto|saldo",
    "gross": "totale lordo|lordo|totale prima dello sconto|totale articoli|totale merce",
    "subtotal": "subtotale|sub totale|sub-totale|imponibile|totale imponibile|parziale|subtot|netto iva"
    "|totale netto iva|totale parziale|tot. imponibile",
    "tax": "iva|di cui iva|imposta|totale iva|imposte|tot. iva|tot iva|importo iva|iva 22%|iva 10%"
    "|iva 4%|di cui iva 22%|di cui iva 10%|importo iva 22%|iva 5%|imposta di soggiorno"
    "|tassa di soggiorno",
    "discount": "sconto|sconti|buono sconto|promozione|riduzione|abbuono|sconto fidelity|totale sconti"
    "|sconto totale|omaggio|totale sconto|sconto carta|sconto soci|coupon|sconto 10%|sconto cliente"
    "|sconto promo|sconto cassa|sconto articolo|sconto merce|sconto dipendenti|taglio prezzo|promo"
    "|offerta|sconto totale eur|buoni sconto|sconto fedelta|premio fedelta|arrotond. sconto",
    "savings": "risparmio|hai risparmiato|risparmiato|totale risparmio|il tuo risparmio|ha risparmiato",
    "rounding": "arrotondamento|arrot|arr.",
    "service": "servizio|coperto|consegna|coperti|shopper|spese di consegna|sacchetto|cauzione",
    "tip": "mancia",
    "suggested": "mancia consigliata|mancia suggerita",
    "received": "ricevuto|contante ricevuto|consegnato|versato|pagato|importo ricevuto|dato"
    "|pagamento|importo pagato|totale pagato|importo versato|incassato|contanti ricevuti|pagamenti"
    "|importo pagato eur|contanti ricevuti eur|contanti versati|versato contanti|pagato eur|incasso"
    "|totale incassato|ricevuti|dati|banconote inserite|importo inserito|banconote|monete inserite"
    "|importo introdotto|contante inserito|introdotto",
    "change": "resto|resto contanti|resto contante|resto euro|da restituire|resto eur|resto in contanti"
    "|il suo resto|resto consegnato",
    "balance": "saldo carta|credito residuo|saldo residuo|saldo precedente|nuovo saldo|saldo attuale|residuo",
    "points": "punti|saldo punti|punti accumulati|totale punti|punti spesa|punti guadagnati"
    "|punti fidelity|bollini",
    "count": "articoli|pezzi|n. articoli|numero articoli|qta|quantita|numero pezzi|nr pezzi|n. pezzi"
    "|persone|pz|n. coperti|tot. pezzi|totale pezzi|nr articoli|num pezzi|num. articoli|n.pezzi"
    "|n.articoli",
    "per_head": "a persona|per persona|a testa|quota",
    "deposit": "acconto|caparra|anticipo|acconto versato",
    "foreign": "controvalore|tasso di cambio|cambio valuta|equivalente",
    "instalment": "rata|rate",
    "price": "prezzo|prezzo unitario|p.unit|prezzo listino|anziche|listino",
    "inclusive": "iva inclusa|iva compresa|iva incl|iva incl.|compresa iva|ivato|iva comp."
    "|imposte incluse|inclusa iva",
    "neutral": "eur|euro|il|la|di|copia cliente|in|con|cambio merce|resi e cambi|per cambi e resi"
    "|per resi|cambi e resi|resi entro|non si effettuano resi|merce|copia per il cliente"
    "|copia per cliente|copia titolare|copia da conservare|resi entro 30 giorni|reso entro"
    "|resi e rimborsi|cambi e rimborsi|cambio entro|rimborso entro|bar tabacchi|bar pasticceria"
    "|bar gelateria|bar ristorante|bar pizzeria|bar trattoria|bar caffe|caffe bar|il bar"
    "|cucina tipica|cucina casalinga|carta cucina|rotolo cucina|fotocopia|fotocopie|copie"
    "|prova d'acquisto|prova acquisto|conservare lo scontrino come prova|scuola guida|test gravidanza"
    "|tampone|ticket ssn|ticket sanitario|ticket regionale",
    "cash": "contanti|contante|pagamento contante|pagamento contanti|in contanti|pag. contante"
    "|pag. contanti|pagato contanti|pagato in contanti|cont.",
    "card": "carta|carte|bancomat|carta di credito|carta di debito|pagamento elettronico|pos"
    "|carta credito|pagobancomat|elettronico|pagamento carta|pag. elettronico|carte di credito"
    "|carta debito|cartasi|nexi|pagamento bancomat|carta bancaria|pagamenti elettronici|pagamento pos"
    "|carta contactless|contactless|carta visa|carta mastercard|mastercard|bancomat contactless"
    "|pagobancomat contactless|carta amex|carta di debito visa|pag. carta|pag. pos|pag. bancomat"
    "|pagamento con carta|pagamento carta di credito|pagamento carta di debito|maestro|v-pay"
    "|moneta elettronica|carta di pagamento|carta pagobancomat",
    "stored_value": "carta regalo|carta prepagata|credito cliente|prepagata|borsellino|gift card",
    "voucher": "buono|buono pasto|ticket|buoni pasto|buono acquisto|buono regalo|ticket restaurant"
    "|buoni|buono spesa|buoni acquisto|buoni pasto elettronici|buono pasto elettronico|ticket pasto"
    "|edenred|sodexo|pellegrini|day ticket|buono sconto utilizzato|buono reso|buono cartaceo"
    "|carta acquisti",
    "other": "satispay|bonifico|assegno|non riscosso|paypal|conto aperto|a credito|deliveroo|just eat"
    "|glovo|non pagato|bonifico bancario|addebito camera|ssn|asl|quota ssn|tessera sanitaria"
    "|bonifico istantaneo|apple pay|google pay|scalapay|paypal qr|pagamento online|pagato online"
    "|pagamento app|conto camera|addebito su camera|a conto|conto corrente|mav|assegno bancario|klarna"
    "|bancomat pay|postepay|tinaba|carta cultura",
    "method_label": "forma di pagamento|metodo di pagamento|pagamento con|modalita di pagamento"
    "|tipo pagamento|mod. pagamento|modalita pagamento|pagato con",
    "number": "doc|doc n|doc.n|doc. n|doc. n.|scontrino|scontrino n|documento n|documento n."
    "|ricevuta|ricevuta n|fattura|fattura n|ordine|n|doc.n.|numero documento|documento|comanda n"
    "|numero|conto n|scontrino n.|scontrino nr|n. scontrino|n. documento|doc nr|ordine n|ordine n."
    "|comanda|transazione|numero scontrino|nr. doc|doc n.|nr documento|n.|nr|ricevuta n.|ric. n."
    "|fatt. n.|fattura n.|doc. commerciale n|doc. comm. n|documento commerciale n|documento nr"
    "|doc. nr|n. doc|n. ordine|numero ordine|sf|conto nr|documento commerciale n.|scontrino fiscale n"
    "|scontrino fiscale n.|scontrino fiscale|ricevuta fiscale n|ricevuta fiscale n.|ricevuta fiscale"
    "|ricevuta nr|ricevuta nr.|documento commerciale n°|documento commerciale nr|n. progressivo"
    "|progressivo|n. ricevuta|n. fattura|fattura nr|num. documento|num. scontrino|num. ordine"
    "|ordine nr|comanda nr|conto|conto n.|vendita n|vendita n.|vendita|transazione n|id transazione"
    "|biglietto n|biglietto|ticket n|ticket n.|doc. num|doc. num.|documento num"
    "|ric.|scontr.|scontr. n.|scontr. nr.|ricev.",
    "original": "rif. doc|rif doc|rif. documento|documento di riferimento|doc. rif|scontrino originale"
    "|rif. doc.|documento originale|riferimento|doc originale|doc. originale|reso di|rif. scontrino"
    "|annullo doc|annullo doc.|doc. annullato|rif|rif.|documento rif|doc. reso|del documento|doc.rif"
    "|rif.doc|doc. di rif|documento rif.|rif. n.|reso merce n.|rif. doc. n.|rif. doc n."
    "|annullamento doc.|documento annullato|n. doc. originale|reso merce n|annullo doc. n."
    "|scontrino reso|rif. vendita|vendita originale",
    "identity": "tel|p.iva|p. iva|partita iva|cassa|cassiere|operatore|tavolo|cod. fiscale"
    "|codice fiscale|rt|matricola|terminale|autorizzazione|c.f|cf|server rt|addetto|op|cassiera|telefono"
    "|cap|lotteria|codice lotteria|negozio|cliente|tessera|carta n|cameriere|fax|coperti n|reparto"
    "|azzeramento|chiusura n|pda|cod|tess|cod. lotteria|auth|id pos|stan|tml|cod. aut|cod.aut|sede"
    "|operazione|id transazione|tessera n|cod. operatore|sala|bar-code|numero verde|rea|servito da",
    "date": "data|ora|data e ora|data/ora|del|data ora|emesso il|data emissione",
    "queue": "numero ritiro|il tuo numero|numero chiamata|turno n|ritiro n",
    "turnover": "venduto|venduto netto|incasso giornaliero|corrispettivi|fondo cassa|totale incassi"
    "|totale giornaliero|incasso contanti|numero scontrini|n. scontrini|totale venduto"
    "|scontrino medio",
}

TITLES = {
    "refund": "reso|reso merce|rimborso|emesso per reso merce|nota di credito|documento di reso"
    "|emesso per reso|per reso merce|restituzione|documento di reso merce|reso parziale"
    "|documento per reso|documento commerciale emesso per reso merce|nota credito|reso vendita",
    "void": "annullo|annullamento|annullato|emesso per annullamento|scontrino annullato"
    "|documento annullato|documento commerciale emesso per annullamento|per annullamento"
    "|vendita annullata|emesso per annullo|documento di annullamento|annullata|ordine annullato|storno"
    "|stornato|transazione annullata|annullo documento|conto annullato|annullamento documento",
    "duplicate": "copia|duplicato|ristampa|copia documento|copia scontrino|copia conforme|ristampato"
    "|copia del documento|copia di cortesia|duplicato scontrino|copia fattura"
    "|copia documento commerciale|duplicato documento|copia non fiscale|ristampa scontrino"
    "|ristampa documento|copia ricevuta|copia cliente ristampa|duplicato ricevuta|seconda copia|2a copia",
    "kitchen": "cucina|comanda|comanda cucina|bar|pizzeria|comanda bar|ordine cucina|forno|griglia"
    "|cucina calda|cucina fredda|ordine bar|piatti|pizze|copia cucina|antipasti|bevande|produzione|banco",
    "report": "chiusura|chiusura giornaliera|rapporto z|chiusura cassa|lettura x|chiusura fiscale"
    "|report giornaliero|azzeramento|rapporto x|rapporto finanziario|rapporto fiscale"
    "|lettura giornaliera|chiusura z|incassi|resoconto|totali giornalieri|report x|report z"
    "|chiusura turno|situazione cassa|chiusura di cassa|rapporto giornaliero|fine turno|report vendite"
    "|totali di giornata|rapporto cassa|report finanziario|fondo cassa|rapporto vendite|lettura cassa"
    "|lettura periodica|report cassa|report turno|riepilogo giornaliero|venduto giornaliero"
    "|chiusura giorno|scontrino z|azzeramento giornaliero|riepilogo|giornale|stampa giornaliera|rapporto"
    "|report|resoconto giornaliero|riepilogo vendite|riepilogo cassa|chiusura cassa giornaliera"
    "|totali cassa|totale giornaliero|lettura|lettura totali|quadratura|quadratura cassa|conta cassa"
    "|vendite giornaliere|statistiche|statistiche vendite|corrispettivi|chiusura contabile|chiusura pos"
    "|totali pos",
    "training": "addestramento|formazione|prova|modalita addestramento|dimostrazione|demo|simulazione"
    "|modo addestramento|modalita formazione|modalita training|modalita demo|modalita prova"
    "|scontrino di prova|scuola|training",
    "merchant_copy": "copia esercente|copia per esercente|copia negozio|copia per l'esercente"
    "|copia commerciante|esercente",
    "voucher": "buono sconto|buono regalo|buono|buono acquisto|coupon|buono spesa|voucher|carta regalo"
    "|buono omaggio|buono consumazione|consumazione|buono pasto"
    "|buono cliente",
    "other": "preconto|proforma|pro forma|preventivo|apertura cassetto|versamento|prelievo"
    "|conto provvisorio|ricarica|documento gestionale|documento non fiscale|scontrino di cortesia"
    "|scontrino regalo|test di stampa|pre-conto|pre conto|fondo cassa iniziale|estratto conto"
    "|scontrino non fiscale|entrata|uscita|prova di stampa|prova stampa|gestionale|conto tavolo"
    "|promemoria|buono consegna|documento di cortesia|proforma conto|non fiscale|cassetto|test"
    "|test stampante|pagina di prova|pro-forma|ordine in sospeso|prenotazione|turno|preconto tavolo"
    "|bolla|documento di trasporto|scontrino cortesia|numero attesa|autotest|conto parziale"
    "|numero ordine|non riscosso|conto|conto da pagare|conto in sospeso|preconto di cortesia"
    "|pre-scontrino|prescontrino|ordine provvisorio|riepilogo ordine|riepilogo conto|buono d'ordine"
    "|ricarica carta|ricarica telefonica|ricarica telefonica tim|saldo carta|numero turno"
    "|il tuo numero|il suo numero|numeretto|ritiro numero|ricevuta acconto|ricevuta di acconto"
    "|acconto|caparra|conferma ordine|conferma prenotazione|transazione rifiutata"
    "|operazione rifiutata|pagamento rifiutato|apertura cassa|fondo|prelievo cassa|versamento cassa"
    "|scontrino parlante proforma|scontrino di attesa|scontrino sospeso",
}

SAYINGS = {
    "other": "non fiscale|da pagare alla cassa|non valido ai fini fiscali|non e un documento fiscale"
    "|conto non pagato|ritirare lo scontrino|ritirare scontrino|non valido come scontrino"
    "|pagare alla cassa|richiedere lo scontrino|seguira documento|in attesa di pagamento|pagare in cassa"
    "|documento non valido|scontrino non valido|non ha valore fiscale|ritirare il documento"
    "|non valido come documento|senza valore fiscale|non costituisce|operazione negata"
    "|transazione negata|si prega di pagare|da pagare in cassa|pagamento alla cassa|non e uno scontrino"
    "|non costituisce scontrino|conto non fiscale|non rilasciato|da regolarizzare",
    "training": "modalita addestramento|modo addestramento|modalita training",
    "refund": "importo reso|totale reso|importo rimborsato|totale rimborso|articolo reso"
    "|importo da rimborsare|rimborso contanti|rimborsato in contanti|articoli resi|totale resi"
    "|totale rimborsato|rimborso contante|rimborso carta|totale da rimborsare|rimborso elettronico"
    "|merce resa",
    "duplicate": "copia del documento|copia non valida",
    "void": "documento annullato|vendita annullata|scontrino annullato",
}

PROOFS = {
    "paid": "pagato|saldato|pagamento effettuato|pagamento approvato|pagamento eseguito"
    "|transazione eseguita|transazione autorizzata|ricevuta di pagamento|importo saldato",
    "fiscal": "doc.n.|doc. n.|documento n.|rt|matricola|matricola rt|mf|scontrino fiscale|scontrino n|sf"
    "|server rt|documento n",
    "receipt": "documento commerciale|documento commerciale di vendita|scontrino|scontrino parlante"
    "|ricevuta fiscale|ricevuta|ricevuta n|scontrino n.|quietanza",
    "invoice": "fattura|fattura immediata",
    "served": "tavolo|coperti|coperto|cameriere|sala|camera|posti",
    "slip": "esercente|acquirente|autorizzazione|aut.|terminale|copia cliente|cod. autorizzazione|tml|stan",
    "approved": "autorizzazione|cod. autorizzazione|cod autorizzazione|aut.",
}
