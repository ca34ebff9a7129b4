"""Italian."""

from __future__ import annotations

LABELS = {
    "total": "totale|totale complessivo|totale euro|totale eur|da pagare|totale da pagare"
    "|importo totale|totale generale|totale documento|tot|netto a pagare|totale dovuto|totale scontrino"
    "|totale conto|importo da pagare|totale a pagare|totale ordine|totale vendita|totale finale"
    "|tot. complessivo|tot complessivo|totale ivato|totale spesa|importo dovuto|totale fattura"
    "|totale da saldare|totale complessivo eur|totale complessivo euro|tot. euro|tot. eur|tot euro"
    "|tot eur|totale importo|importo euro|importo totale eur|importo complessivo|totale conto euro"
    "|totale da pagare eur|netto da pagare|totale netto|totale iva inclusa|totale con iva"
    "|totale iva compresa|totale pagabile|totale ricevuta|totale soggiorno|tariffa|tariffa sosta"
    "|importo sosta|prezzo totale|totale carburante|somma dovuta|totale finale eur"
    "|totale da corrispondere|dovuto|corrispettivo pagato|corrispettivo|tot. a pagare|totale iva incl"
    "|totale iva incl.|totale iva comp.|totale scontato|totale netto sconto|totale dopo sconto"
    "|totale al netto sconti|totale lavori|totale prestazioni|totale prestazione|totale servizi"
    "|totale trattamenti|totale biglietti|totale corsa|prezzo corsa|importo corsa|totale noleggio"
    "|totale camera|totale conto camera|totale addebiti|totale rifornimento|importo rifornimento"
    "|importo erogato|totale erogato|importo carburante|costo sosta|costo totale|totale sosta"
    "|totale parcheggio|importo parcheggio|importo pedaggio|importo biglietto|importo biglietti"
    "|prezzo finale|importo finale|saldo a pagare|rimanenza da pagare|restano da pagare|resta da pagare"
    "|residuo da pagare|rimane da pagare|ancora da pagare|importo residuo|importo residuo da pagare"
    "|da saldare|da saldare eur|da incassare|totale da incassare|totale da versare|importo da saldare"
    "|importo da versare|importo del documento|importo documento|importo scontrino|importo conto"
    "|importo vendita|importo transazione|importo operazione|importo acquisto|importo spesa"
    "|importo pagabile|importo netto|totale fr|totale fr.|totale arrotondato|ammontare|ammontare totale"
    "|ammontare dovuto|totale vostro dare|vs. dare|vostro dare|a pagare|totale imponibile + iva"
    "|totale visita|onorario totale",
    "total_weak": "importo|somma|netto|conto|saldo",
    "gross": "totale lordo|lordo|totale prima dello sconto|totale articoli|totale merce"
    "|totale senza sconto|totale prima sconto|totale senza sconti|totale merci|totale cibi|totale bevande"
    "|totale cucina|totale bar|totale piatti|totale prodotti|valore merce|totale righe|totale listino"
    "|totale pieno",
    "subtotal": "subtotale|sub totale|sub-totale|imponibile|totale imponibile|parziale|subtot|netto iva"
    "|totale netto iva|totale parziale|tot. imponibile|totale senza iva|totale iva esclusa"
    "|base imponibile|totale imp.|imp.le|imponib.|tot. netto|totale esente|esente|non imponibile"
    "|esente iva|fuori campo|escluso iva|totale al netto iva|totale escl. iva|totale esclusa iva|base iva",
    "tax": "iva|di cui iva|imposta|totale iva|imposte|tot. iva|tot iva|importo iva|iva 22%|iva 10%"
    "|iva 4%|di cui iva 22%|di cui iva 10%|importo iva 22%|iva 5%|imposta di soggiorno|tassa di soggiorno"
    "|iva inclusa totale|totale imposta|totale imposte|iva totale|iva comp|di cui iva totale"
    "|tassa soggiorno|imp. soggiorno|contributo di soggiorno|bollo|marca da bollo|accisa|ivass",
    "discount": "sconto|sconti|buono sconto|promozione|riduzione|abbuono|sconto fidelity|totale sconti"
    "|sconto totale|omaggio|totale sconto|sconto carta|sconto soci|coupon|sconto 10%|sconto cliente"
    "|sconto promo|sconto cassa|sconto articolo|sconto merce|sconto dipendenti|taglio prezzo|promo"
    "|offerta|sconto totale eur|buoni sconto|sconto fedelta|premio fedelta|arrotond. sconto|sc. 10%"
    "|sconto su totale|sconto sul totale|sconto su subtotale|sconto finale|sconto a valore"
    "|sconto in valore|sconto percentuale|sconto incondizionato|sconto a pagare|sconto gratis"
    "|sconto tesserati|sconto carta fedelta|sconto carta socio|sconto socio|sconto coop|sconto esselunga"
    "|sconto fidaty|sconto punti|sconto bollini|sconto app|sconto studenti|sconto studente|sconto over 65"
    "|sconto over 60|sconto convenzione|sconto volume|sconto quantita|3x2|2x1|1+1|1+1 gratis"
    "|paghi 2 prendi 3|prendi 3 paghi 2|sconto promozionale|sconto speciale|sconto commerciale"
    "|sconto famiglia|sconto compleanno|sconto apertura|sconto saldi|totale promozioni|promozioni|ribasso"
    "|ribassato|riduzioni|riduz.|bonus sconto|detrazione|abbuoni|rettifica prezzo|differenza prezzo"
    "|buoni sconto utilizzati|sc.to|sconti e abbuoni|totale risparmiato sconto|promo fidelity",
    "savings": "risparmio|hai risparmiato|risparmiato|totale risparmio|il tuo risparmio|ha risparmiato"
    "|sconti ottenuti|totale sconti ottenuti",
    "rounding": "arrotondamento|arrot|arr.|arrotond.|arrotondam.|arrotondamenti",
    "service": "servizio|coperto|consegna|coperti|shopper|spese di consegna|sacchetto|cauzione|serv."
    "|serv. 10%|cop.|diritto di prevendita|prevendita|diritti di prevendita|diritti prevendita"
    "|spese spedizione|spedizione|spese trasporto|spese incasso|supplemento|suppl.|suppl|supplementi"
    "|maggiorazione|maggiorazione festiva|sacchetti|borsa biodegradabile|imballaggio|vuoto a rendere"
    "|deposito cauzionale|diritto di chiamata|diritto fisso",
    "tip": "mancia|mance",
    "suggested": "mancia consigliata|mancia suggerita",
    "received": "ricevuto|contante ricevuto|consegnato|versato|pagato|importo ricevuto|dato|pagamento"
    "|importo pagato|totale pagato|importo versato|incassato|contanti ricevuti|pagamenti"
    "|importo pagato eur|contanti ricevuti eur|contanti versati|versato contanti|pagato eur|incasso"
    "|totale incassato|ricevuti|dati|banconote inserite|importo inserito|banconote|monete inserite"
    "|importo introdotto|contante inserito|introdotto|contanti consegnati|totale versato|totale ricevuto"
    "|totale pagamenti|totale pagamento|importo contanti|tot. pagato|tot pagato|pagato in totale"
    "|importo immesso|denaro immesso|totale inserito|ric. contanti",
    "change": "resto|resto contanti|resto contante|resto euro|da restituire|resto eur|resto in contanti"
    "|il suo resto|resto consegnato|restituito|da rendere",
    "balance": "saldo carta|credito residuo|saldo residuo|saldo precedente|nuovo saldo|saldo attuale"
    "|residuo|saldo gift card|saldo disponibile|saldo finale|saldo iniziale|saldo credito"
    "|credito disponibile|credito rimanente|credito attuale|credito precedente|credito tessera"
    "|saldo borsellino|saldo prec.|saldo prec|nuovo credito",
    "points": "punti|saldo punti|punti accumulati|totale punti|punti spesa|punti guadagnati"
    "|punti fidelity|bollini",
    "count": "articoli|pezzi|n. articoli|numero articoli|qta|quantita|numero pezzi|nr pezzi|n. pezzi"
    "|persone|pz|n. coperti|tot. pezzi|totale pezzi|nr articoli|num pezzi|num. articoli|n.pezzi"
    "|n.articoli|numero art.|tot. q.ta|q.ta|q.ta totale|tot. capi|n. capi|numero capi|ospiti|n. ospiti"
    "|litri|totale litri|kg totali|peso netto|durata|durata sosta|n. colli|n. righe",
    "per_head": "a persona|per persona|a testa|quota|pro capite|cad.|cadauno|diviso|diviso per|conto diviso",
    "deposit": "acconto|caparra|anticipo|acconto versato|acconti|anticipi|gia pagato|gia versato"
    "|gia incassato|pagato in precedenza|versato in precedenza|importo gia pagato|prenotazione pagata"
    "|deposito versato",
    "foreign": "controvalore|tasso di cambio|cambio valuta|equivalente|cambio applicato"
    "|tasso di conversione|valuta estera|importo in valuta|in lire",
    "instalment": "rata|rate",
    "price": "prezzo|prezzo unitario|p.unit|prezzo listino|anziche|listino|eur/l|euro/l|pr. unit."
    "|pr.unit.|pr. un.|p. unit.|p.u.|p.zo|invece di|tariffa oraria|tariffa giornaliera|costo orario|al kg"
    "|al litro|all'ora|per notte",
    "inclusive": "iva inclusa|iva compresa|iva incl|iva incl.|compresa iva|ivato|iva comp."
    "|imposte incluse|inclusa iva|inclusa|compresa|tasse incluse|tutto compreso",
    "neutral": "eur|euro|il|la|di|copia cliente|in|con|cambio merce|resi e cambi|per cambi e resi"
    "|per resi|cambi e resi|resi entro|non si effettuano resi|merce|copia per il cliente"
    "|copia per cliente|copia titolare|copia da conservare|resi entro 30 giorni|reso entro"
    "|resi e rimborsi|cambi e rimborsi|cambio entro|rimborso entro|bar tabacchi|bar pasticceria"
    "|bar gelateria|bar ristorante|bar pizzeria|bar trattoria|bar caffe|caffe bar|il bar|cucina tipica"
    "|cucina casalinga|carta cucina|rotolo cucina|fotocopia|fotocopie|copie|prova d'acquisto"
    "|prova acquisto|conservare lo scontrino come prova|scuola guida|test gravidanza|tampone|ticket ssn"
    "|ticket sanitario|ticket regionale",
    "cash": "contanti|contante|pagamento contante|pagamento contanti|in contanti|pag. contante"
    "|pag. contanti|pagato contanti|pagato in contanti|cont.",
    "card": "carta|carte|bancomat|carta di credito|carta di debito|pagamento elettronico|pos"
    "|carta credito|pagobancomat|elettronico|pagamento carta|pag. elettronico|carte di credito"
    "|carta debito|cartasi|nexi|pagamento bancomat|carta bancaria|pagamenti elettronici|pagamento pos"
    "|carta contactless|contactless|carta visa|carta mastercard|mastercard|bancomat contactless"
    "|pagobancomat contactless|carta amex|carta di debito visa|pag. carta|pag. pos|pag. bancomat"
    "|pagamento con carta|pagamento carta di credito|pagamento carta di debito|maestro|v-pay"
    "|moneta elettronica|carta di pagamento|carta pagobancomat|pag. elettr.|pag.elettr.|pagamento elettr."
    "|pag. elettronici|c. credito|c.credito|c. cred.|c.di credito|c. debito|postamat|carta prepagata visa"
    "|smartpos|saldo carta di credito|postcard|postfinance|ec direct",
    "stored_value": "carta regalo|carta prepagata|credito cliente|prepagata|borsellino|gift card"
    "|tessera a scalare|credito tessera utilizzato|ricaricabile|carta ricaricabile|card fedelta prepagata"
    "|credito app|saldo tessera utilizzato|carta mensa|tessera mensa|badge mensa|credito chiavetta"
    "|credito utilizzato|nota di credito utilizzata",
    "voucher": "buono|buono pasto|ticket|buoni pasto|buono acquisto|buono regalo|ticket restaurant"
    "|buoni|buono spesa|buoni acquisto|buoni pasto elettronici|buono pasto elettronico|ticket pasto"
    "|edenred|sodexo|pellegrini|day ticket|buono sconto utilizzato|buono reso|buono cartaceo"
    "|carta acquisti|b. pasto|b.pasto|bpe|pass lunch|repas lunch|up day|pluxee|blu be|carta dedicata a te"
    "|social card|bonus cultura|18app|carta docente|carta del docente|bonus 18app|cofanetto|smartbox"
    "|assegno regalo",
    "other": "satispay|bonifico|assegno|non riscosso|paypal|conto aperto|a credito|deliveroo|just eat"
    "|glovo|non pagato|bonifico bancario|addebito camera|ssn|asl|quota ssn|tessera sanitaria"
    "|bonifico istantaneo|scalapay|paypal qr|pagamento online|pagato online|pagamento app|conto camera"
    "|addebito su camera|a conto|conto corrente|mav|assegno bancario|klarna|bancomat pay|postepay|tinaba"
    "|carta cultura|assegni|sdd|ri.ba.|riba|contrassegno|pagamento anticipato|pagamento online carta"
    "|pagato in app|pagato tramite app|pagato su app|scalapay 3 rate|pagolight|soisy|findomestic"
    "|finanziamento|finanziaria|credito al consumo|su conto cliente|pagamento sospeso|fattura differita"
    "|segue fattura|addebito in camera|addebitato in camera|addebito sul conto|addebito conto"
    "|too good to go|mooney|lottomatica|buono servizio|servizio sanitario|servizio sanitario nazionale"
    "|assicurazione|fondo sanitario|cassa mutua|cassa malati|criptovaluta|bitcoin",
    "method_label": "forma di pagamento|metodo di pagamento|pagamento con|modalita di pagamento"
    "|tipo pagamento|mod. pagamento|modalita pagamento|pagato con|tipo di pagamento|pagato in"
    "|pagato mediante|pagato tramite|mezzo di pagamento|mezzi di pagamento|metodo pagamento|mod.pagamento"
    "|mod. pag.|modo di pagamento|forma pagamento|cond. pagamento|condizioni di pagamento"
    "|pagamento a mezzo|pagamento tramite|pagamenti con|incassato con|pagamento:",
    "number": "doc|doc n|doc.n|doc. n|doc. n.|scontrino|scontrino n|documento n|documento n.|ricevuta"
    "|ricevuta n|fattura|fattura n|ordine|n|doc.n.|numero documento|documento|comanda n|numero|conto n"
    "|scontrino n.|scontrino nr|n. scontrino|n. documento|doc nr|ordine n|ordine n.|comanda|transazione"
    "|numero scontrino|nr. doc|doc n.|nr documento|n.|nr|ricevuta n.|ric. n.|fatt. n.|fattura n."
    "|doc. commerciale n|doc. comm. n|documento commerciale n|documento nr|doc. nr|n. doc|n. ordine"
    "|numero ordine|sf|conto nr|documento commerciale n.|scontrino fiscale n|scontrino fiscale n."
    "|scontrino fiscale|ricevuta fiscale n|ricevuta fiscale n.|ricevuta fiscale|ricevuta nr|ricevuta nr."
    "|documento commerciale n°|documento commerciale nr|n. progressivo|progressivo|n. ricevuta|n. fattura"
    "|fattura nr|num. documento|num. scontrino|num. ordine|ordine nr|comanda nr|conto|conto n.|vendita n"
    "|vendita n.|vendita|transazione n|id transazione|biglietto n|biglietto|ticket n|ticket n.|doc. num"
    "|doc. num.|documento num|ric.|scontr.|scontr. n.|scontr. nr.|ricev.|ritiro|doc.num.|doc. comm."
    "|doc. commerciale|doc.comm.|ric. fisc.|fatt.|ordine #|ordine num.|comanda #|conto #|vendita #"
    "|n. operazione|trx|progr.|n. prog.|nr. progr.|cod. prenotazione|codice prenotazione|ord.|ord",
    "original": "rif. doc|rif doc|rif. documento|documento di riferimento|doc. rif|scontrino originale"
    "|rif. doc.|documento originale|riferimento|doc originale|doc. originale|reso di|rif. scontrino"
    "|annullo doc|annullo doc.|doc. annullato|rif|rif.|documento rif|doc. reso|del documento|doc.rif"
    "|rif.doc|doc. di rif|documento rif.|rif. n.|reso merce n.|rif. doc. n.|rif. doc n.|annullamento doc."
    "|documento annullato|n. doc. originale|reso merce n|annullo doc. n.|scontrino reso|rif. vendita"
    "|vendita originale|rif. scontrino n.|rif. scontr.|rif.scontrino|rif. documento n."
    "|rif. doc. commerciale|rif. doc. comm.|rif. ricevuta|rif. fattura|rif. ordine|rif. vendita n."
    "|riferimento doc.|riferimento documento|riferimento scontrino|doc. riferimento|doc.riferimento"
    "|doc. di riferimento|documento di riferimento n.|doc. origine|documento origine|documento di origine"
    "|scontrino di origine|scontrino di riferimento|scontrino d'acquisto|scontrino acquisto"
    "|scontr. originale|ricevuta originale|doc. di vendita|documento di vendita originale|n. doc. orig."
    "|n.doc. di rif.|reso doc.|reso scontrino|reso su scontrino|reso da scontrino|reso rif."
    "|reso del documento|reso documento|per reso doc.|annullamento documento n.|annullamento doc"
    "|annulla doc.|annulla documento|annullo documento|annullo scontrino|annullo scontrino n."
    "|annullo rif.|scontrino annullato n.|documento annullato n.|storno documento|storno scontrino"
    "|storno rif.|matricola originale",
    "identity": "carta fedelta|carta socio|fidelity card|carta cliente|carta club|carta soci|"
    "carta punti|carta premium|tessera fedelta|"
    "tel|p.iva|p. iva|partita iva|cassa|cassiere|operatore|tavolo|cod. fiscale"
    "|codice fiscale|rt|matricola|terminale|autorizzazione|c.f|cf|server rt|addetto|op|cassiera|telefono"
    "|cap|lotteria|codice lotteria|negozio|cliente|tessera|carta n|cameriere|fax|coperti n|reparto"
    "|azzeramento|chiusura n|pda|cod|tess|cod. lotteria|auth|id pos|stan|tml|cod. aut|cod.aut|sede"
    "|operazione|id transazione|tessera n|cod. operatore|sala|bar-code|numero verde|rea|servito da",
    "date": "data|ora|data e ora|data/ora|del|data ora|emesso il|data emissione",
    "queue": "numero ritiro|il tuo numero|numero chiamata|turno n|ritiro n|il suo numero"
    "|numero di chiamata|numero coda|n. chiamata|numero da ritirare|numero d'ordine ritiro|cicalino"
    "|ticket coda",
    "turnover": "venduto|venduto netto|incasso giornaliero|corrispettivi|fondo cassa|totale incassi"
    "|totale giornaliero|incasso contanti|numero scontrini|n. scontrini|totale venduto|scontrino medio"
    "|gran totale|grantotale|totale vendite|totale vendite giorno|vendite lorde|vendite nette"
    "|incasso totale|incassi totali|incassi contanti|incasso elettronico giorno|totale contanti in cassa"
    "|contanti in cassa|denaro in cassa|fondo iniziale|totale sconti giorno|totale resi giorno"
    "|totale annulli|numero documenti|n. documenti emessi|documenti emessi|documenti commerciali emessi"
    "|doc. commerciali|doc. commerciali emessi|n. doc. commerciali|numero doc. commerciali|numero vendite"
    "|n. vendite|numero clienti|n. clienti|media scontrino|incasso medio|coperti totali|ammontare resi"
    "|ammontare annulli|ammontare non riscosso",
}

TITLES = {
    "refund": "reso|reso merce|rimborso|emesso per reso merce|nota di credito|documento di reso"
    "|emesso per reso|per reso merce|restituzione|documento di reso merce|reso parziale"
    "|documento per reso|documento commerciale emesso per reso merce|nota credito|reso vendita"
    "|reso articolo|reso articoli|reso prodotto|reso totale|reso cliente|reso da cliente|scontrino reso"
    "|documento commerciale per reso merce|documento commerciale reso|doc. commerciale reso|reso merci"
    "|rimborso cliente|rimborso parziale|rimborso totale|buono reso emesso|nota di accredito"
    "|nota accredito|storno vendita|cambio merce con rimborso",
    "void": "annullo|annullamento|annullato|emesso per annullamento|scontrino annullato"
    "|documento annullato|documento commerciale emesso per annullamento|per annullamento"
    "|vendita annullata|emesso per annullo|documento di annullamento|annullata|ordine annullato|storno"
    "|stornato|transazione annullata|annullo documento|conto annullato|annullamento documento"
    "|annullo totale|annullo conto|annullo operazione|annullo pagamento|annullo documento commerciale"
    "|doc. commerciale annullamento|documento commerciale per annullamento|operazione annullata"
    "|annullamento operazione|annullamento pagamento|annullamento doc. commerciale|storno totale"
    "|storno pagamento|transazione stornata|comanda annullata|vendita stornata",
    "duplicate": "copia|duplicato|ristampa|copia documento|copia scontrino|copia conforme|ristampato"
    "|copia del documento|copia di cortesia|duplicato scontrino|copia fattura|copia documento commerciale"
    "|duplicato documento|copia non fiscale|ristampa scontrino|ristampa documento|copia ricevuta"
    "|copia cliente ristampa|duplicato ricevuta|seconda copia|2a copia|copia doc. commerciale"
    "|copia di documento commerciale|duplicato non fiscale|duplicato di cortesia"
    "|ristampa ultimo scontrino|ristampa comanda|ristampata|copia fotostatica"
    "|copia conforme all'originale|copia per uso interno|copia analogica|stampa copia",
    "kitchen": "cucina|comanda|comanda cucina|bar|pizzeria|comanda bar|ordine cucina|forno|griglia"
    "|cucina calda|cucina fredda|ordine bar|piatti|pizze|copia cucina|antipasti|bevande|produzione|banco"
    "|comanda n|comanda tavolo|ordinazione cucina|nuova comanda|aggiunta comanda|variazione comanda"
    "|annullo comanda|storno comanda|friggitoria|griglieria|forno a legna|vai con|via secondi|via primi"
    "|stampante cucina|asporto cucina",
    "report": "chiusura|chiusura giornaliera|rapporto z|chiusura cassa|lettura x|chiusura fiscale"
    "|report giornaliero|azzeramento|rapporto x|rapporto finanziario|rapporto fiscale|lettura giornaliera"
    "|chiusura z|incassi|resoconto|totali giornalieri|report x|report z|chiusura turno|situazione cassa"
    "|chiusura di cassa|rapporto giornaliero|fine turno|report vendite|totali di giornata|rapporto cassa"
    "|report finanziario|fondo cassa|rapporto vendite|lettura cassa|lettura periodica|report cassa"
    "|report turno|riepilogo giornaliero|venduto giornaliero|chiusura giorno|scontrino z"
    "|azzeramento giornaliero|riepilogo|giornale|stampa giornaliera|rapporto|report|resoconto giornaliero"
    "|riepilogo vendite|riepilogo cassa|chiusura cassa giornaliera|totali cassa|totale giornaliero"
    "|lettura|lettura totali|quadratura|quadratura cassa|conta cassa|vendite giornaliere|statistiche"
    "|statistiche vendite|corrispettivi|chiusura contabile|chiusura pos|totali pos"
    "|chiusura fiscale giornaliera|chiusura di turno|chiusura operatore|chiusura cassiere"
    "|chiusura cameriere|chiusura sessione|chiusura terminale|chiusura terminale pos|chiusura mensile"
    "|chiusura parziale|chiusura giornata|chiusura di giornata|chiusura serale|chiusura totali"
    "|stampa chiusura|stampa lettura|stampa totali|lettura x giornaliera|lettura finanziaria"
    "|lettura reparti|lettura operatori|lettura fiscale|rapporto reparti|rapporto operatori"
    "|rapporto di cassa|rapporto vendite giornaliero|rapporto mensile|report di cassa|report operatore"
    "|report fiscale|report mensile|riepilogo di cassa|riepilogo fiscale|riepilogo reparti"
    "|riepilogo pagamenti|totali del giorno|totali di cassa|totali turno|totali operatore|totali fiscali"
    "|totali reparti|totali iva|totali giornata|incasso del giorno|incasso giornata|incassi del giorno"
    "|incassi giornalieri|distinta cassa|distinta di cassa|distinta versamento|prima nota cassa"
    "|conta contanti|conteggio cassa|conteggio contanti|fine giornata|fine giorno|fine servizio"
    "|cambio turno|stampa z|stampa x|z giornaliera|vendite per reparto|vendite per operatore"
    "|vendite per articolo|vendite per ora|vendite del giorno|statistica vendite|statistica"
    "|statistiche giornaliere|trasmissione corrispettivi|venduto per reparto|verifica cassa"
    "|controllo cassa",
    "training": "addestramento|formazione|prova|modalita addestramento|dimostrazione|demo|simulazione"
    "|modo addestramento|modalita formazione|modalita training|modalita demo|modalita prova"
    "|scontrino di prova|scuola|training|modalita apprendimento|modalita scuola|modalita simulazione"
    "|modalita test|modo prova|modo demo|documento di test|prova tecnica|documento simulato"
    "|scontrino simulato|corso cassa|demo non valido",
    "merchant_copy": "copia esercente|copia per esercente|copia negozio|copia per l'esercente"
    "|copia commerciante|esercente|copia negoziante|copia venditore|copia cassa|copia per il negozio"
    "|copia per negozio|copia per il commerciante|copia banca|copia gestore|copia ristorante|copia hotel"
    "|copia interna|copia azienda|copia per il venditore|copia del negozio|copia dell'esercente"
    "|originale esercente|per l'esercente|copia archivio|copia emittente|copia contabilita",
    "voucher": "buono sconto|buono regalo|buono|buono acquisto|coupon|buono spesa|voucher|carta regalo"
    "|buono omaggio|buono consumazione|consumazione|buono pasto|buono cliente|buono sconto prossima spesa"
    "|buono prossimo acquisto|prossimo acquisto|buono valido|buono drink|buono consumo|buono bevanda"
    "|buono birra|buono caffe|buono pranzo|buono cena|buono colazione|buono parcheggio|buono premio"
    "|buono compleanno|tagliando premio|cartolina concorso|estrazione premi|lotteria interna"
    "|gratta e vinci promo|ticket bevanda|ticket drink|ingresso omaggio|coupon sconto|codice sconto"
    "|sconto sul prossimo acquisto|carta regalo attivata|buono reso merce|buono sconto carburante"
    "|sagra buono|cassa sagra",
    "other": "preconto|proforma|pro forma|preventivo|apertura cassetto|versamento|prelievo"
    "|conto provvisorio|ricarica|documento gestionale|scontrino di cortesia|scontrino regalo"
    "|test di stampa|pre-conto|pre conto|fondo cassa iniziale|estratto conto|entrata|uscita"
    "|prova di stampa|prova stampa|gestionale|conto tavolo|promemoria|buono consegna"
    "|documento di cortesia|proforma conto|cassetto|test|test stampante|pagina di prova|pro-forma"
    "|ordine in sospeso|prenotazione|turno|preconto tavolo|bolla|documento di trasporto"
    "|scontrino cortesia|numero attesa|autotest|conto parziale|numero ordine|non riscosso|conto da pagare"
    "|conto in sospeso|preconto di cortesia|pre-scontrino|prescontrino|ordine provvisorio"
    "|riepilogo ordine|riepilogo conto|buono d'ordine|ricarica carta|ricarica telefonica"
    "|ricarica telefonica tim|saldo carta|numero turno|il tuo numero|il suo numero|numeretto"
    "|ritiro numero|ricevuta acconto|ricevuta di acconto|acconto|caparra|conferma ordine"
    "|conferma prenotazione|transazione rifiutata|operazione rifiutata|pagamento rifiutato|apertura cassa"
    "|fondo|prelievo cassa|versamento cassa|scontrino parlante proforma|scontrino di attesa"
    "|scontrino sospeso|preconto non fiscale|pre conto tavolo|preconto camera|conto aperto"
    "|conto in attesa|conto sospeso|conto non pagato|conto tavolo provvisorio|situazione conto"
    "|situazione tavolo|stato conto|anteprima conto|anteprima scontrino|bozza conto|bozza scontrino"
    "|riepilogo tavolo|riepilogo ordinazione|riepilogo comanda|avviso di parcella|preventivo di spesa"
    "|preventivo di riparazione|offerta commerciale|ordine d'acquisto|ordine sospeso|ordine non pagato"
    "|ordine da pagare|vendita sospesa|vendita in sospeso|scontrino in sospeso|scontrino parcheggiato"
    "|sospensione scontrino|scontrino aperto|conferma d'ordine|cassetto aperto|apertura turno"
    "|apertura giornata|inizio turno|fondo cassa apertura|fondo di cassa|versamento in cassa"
    "|entrata cassa|entrata di cassa|uscita cassa|uscita di cassa|prelievo di cassa|prelievo contanti"
    "|prelievo dalla cassa|pagamento fornitore|pagamento a fornitore|spese di cassa|piccola cassa"
    "|rimborso spese|ricarica tessera|ricarica credito|ricarica wallet|ricarica cellulare"
    "|ricarica vodafone|ricarica effettuata|ricarica carta prepagata|ricarica postepay"
    "|attivazione gift card|attivazione carta regalo|saldo gift card|saldo punti carta|estratto punti"
    "|numero di attesa|biglietto coda|pagamento negato|pagamento non riuscito|pagamento non autorizzato"
    "|transazione negata|transazione non autorizzata|transazione non riuscita|operazione negata"
    "|operazione non eseguita|operazione annullata dall'utente|carta rifiutata|carta non valida"
    "|test stampa|prova stampante|prova di stampa stampante|auto test|autodiagnosi|pagina test"
    "|configurazione di rete|documento di consegna|bolla di consegna|bolla di accompagnamento|ddt|d.d.t."
    "|buono di prelievo|distinta prelievo|scontrino di cambio|buono cambio|ricevuta di deposito"
    "|ricevuta deposito|entrata dipendente|pagamento vincita|vincita lotteria|ricevuta bollettino"
    "|vendita non conclusa|invito di pagamento|avviso di pagamento|richiesta di pagamento"
    "|sollecito di pagamento|guardaroba n.",
    "asking": "conto",
}

SAYINGS = {
    "other": "da pagare alla cassa|conto non pagato|non valido come scontrino|pagare alla cassa"
    "|seguira documento|in attesa di pagamento|pagare in cassa|documento non valido|scontrino non valido"
    "|operazione negata|transazione negata|si prega di pagare|da pagare in cassa|pagamento alla cassa"
    "|non e uno scontrino|non costituisce scontrino|conto non fiscale|non rilasciato|da regolarizzare"
    "|da saldare in cassa|saldare in cassa|saldare alla cassa|si paga alla cassa|pagare al banco"
    "|recarsi in cassa|rivolgersi alla cassa|presentare in cassa|presentare alla cassa"
    "|da presentare in cassa|in attesa di saldo|non saldato|non ancora pagato|pagamento in sospeso"
    "|pagamento alla consegna|da pagare alla consegna|incassare alla consegna|da incassare dal cliente"
    "|validita preventivo|non vale come scontrino|non vale come ricevuta|non e una ricevuta"
    "|non costituisce ricevuta|pagamento non riuscito|pagamento rifiutato|pagamento negato"
    "|transazione rifiutata|transazione non autorizzata|operazione rifiutata|operazione non autorizzata"
    "|carta rifiutata|credito insufficiente|fondi insufficienti",
    "training": "modalita addestramento|modo addestramento|modalita training|modalita formazione"
    "|modalita scuola|modalita demo|modalita prova|modalita simulazione|modo training|documento di prova"
    "|scontrino di prova|solo addestramento|ai fini formativi",
    "refund": "importo reso|totale reso|importo rimborsato|totale rimborso|articolo reso"
    "|importo da rimborsare|rimborso contanti|rimborsato in contanti|articoli resi|totale resi"
    "|totale rimborsato|rimborso contante|rimborso carta|totale da rimborsare|rimborso elettronico"
    "|merce resa|importo restituito|importo da restituire|importo rimborso|totale da restituire"
    "|totale restituito|totale nota di credito|totale nota credito|totale accredito|importo accreditato"
    "|rimborsato su carta|rimborsato con|rimborso su carta|rimborso in contanti|rimborso pos"
    "|rimborso bancomat|rimborso tramite|rimborso buono|restituiti in contanti|restituito in contanti"
    "|accreditato su carta|motivo reso|motivo del reso|motivo rimborso|motivo del rimborso|causale reso"
    "|articoli restituiti|merce restituita|prodotto reso|prodotti resi",
    "duplicate": "copia del documento|copia non valida|copia dell'originale|duplicato dell'originale"
    "|duplicato di|ristampato il|ristampato da|ristampa del|ristampa n|numero ristampe|copia di documento"
    "|questa e una copia|copia conforme",
    "void": "documento annullato|vendita annullata|scontrino annullato|motivo annullo"
    "|motivo annullamento|motivo dell'annullo|annullato da|annullata da|annullato il|e stato annullato"
    "|e stata annullata|scontrino stornato|documento stornato|operazione annullata|transazione annullata"
    "|ordine annullato|conto annullato|annullo eseguito|annullo effettuato|annullo approvato"
    "|annullamento eseguito|annullamento approvato|causale annullo",
    "asking": "non fiscale|non valido ai fini fiscali|non e un documento fiscale|ritirare lo scontrino"
    "|ritirare scontrino|richiedere lo scontrino|non ha valore fiscale|ritirare il documento"
    "|non valido come documento|senza valore fiscale|non costituisce|non valido fiscalmente"
    "|non e documento fiscale|non ha validita fiscale|non ha valenza fiscale|privo di valore fiscale"
    "|seguira fattura|seguira scontrino",
}

PROOFS = {
    "paid": "pagato online|gia pagato|pagato con app|non incassare|ordine pagato|"
    "pagato|saldato|pagamento effettuato|pagamento approvato|pagamento eseguito"
    "|transazione eseguita|transazione autorizzata|ricevuta di pagamento|importo saldato"
    "|pagamento ricevuto|pagamento riuscito|pagamento accettato|pagamento autorizzato"
    "|pagamento completato|pagamento confermato|pagamento andato a buon fine|transazione approvata"
    "|transazione accettata|transazione ok|transazione completata|transazione riuscita"
    "|operazione eseguita|operazione autorizzata|operazione approvata|operazione conclusa|conto chiuso"
    "|pagata|saldata|quietanzato|per quietanza|grazie per il pagamento",
    "fiscal": "doc.n.|doc. n.|documento n.|rt|matricola|matricola rt|mf|scontrino fiscale|scontrino n"
    "|sf|server rt|documento n|doc.n|doc. n|matr.|misuratore fiscale|n. lotteria|codice lotteria|az.n.",
    "receipt": "documento commerciale|documento commerciale di vendita|scontrino|scontrino parlante"
    "|ricevuta fiscale|ricevuta|ricevuta n|scontrino n.|quietanza|documento di vendita"
    "|documento comm. di vendita|doc. commerciale di vendita|attestazione di pagamento",
    "invoice": "fattura|fattura immediata|parcella|notula",
    "served": "tavolo|coperti|coperto|cameriere|sala|camera|posti|tav|tav.|tav. n.|dehor|terrazza"
    "|ombrellone|stanza|cam.|cam",
    "slip": "esercente|acquirente|autorizzazione|aut.|terminale|copia cliente|cod. autorizzazione|tml"
    "|stan|cod. merchant|autor.|copia titolare|titolare|firma cliente|pin verificato"
    "|transazione eseguita con pin|acquirer|n. operazione|sc. n.|mit|c.aut|pan seq",
    "approved": "autorizzazione|cod. autorizzazione|cod autorizzazione|aut.|cod. aut.|cod.aut.|cod. aut"
    "|cod aut|aut. n.|aut n|aut.n.|n. aut.|n. autorizzazione|numero autorizzazione|num. autorizzazione"
    "|codice autorizzazione|codice di autorizzazione|autorizzazione n.|autorizz.|autoriz."
    "|codice approvazione|c.aut.|cod autor|cod. autor.",
    "ride": "ingresso|uscita|andata e ritorno|erogatore|pompa|corsa taxi|sosta|entrata ore|distributore"
    "|inizio corsa|fine corsa|stazione entrata",
}
