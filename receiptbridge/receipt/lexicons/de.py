"""German, of Germany, Austria and Switzerland."""

from __future__ import annotations

LABELS = {
    "total": "summe|gesamt|gesamtsumme|gesamtbetrag|zu zahlen|zu zahlender betrag|total"
    "|rechnungsbetrag|endbetrag|endsumme|zahlbetrag|zahlungsbetrag|bruttobetrag|gesamt brutto"
    "|summe brutto|zwischensumme nach rabatt|gesamttotal|rechnungssumme|gesamt eur|brutto gesamt"
    "|zu bezahlen|rechnungstotal|total inkl mwst|kaufsumme|gesamtpreis|gesamtbetrag brutto"
    "|summe gesamt|bon-summe|bonsumme|einkaufssumme|rundungssumme|noch zu zahlen|offener betrag"
    "|total chf|parkgebühr|gebühr|gebühren|parkentgelt|parkpreis|fahrpreis|summe eur|summe in eur"
    "|gesamtsumme eur|gesamt inkl. mwst|gesamtbetrag inkl. mwst|gesamt (brutto)|gesamtbetrag (brutto)"
    "|summe (brutto)|total eur|total brutto|rechnungsbetrag brutto|rechnungsendbetrag|zahlsumme"
    "|zu zahlender gesamtbetrag|endpreis|verkaufssumme|kassenbetrag|bruttosumme|betrag gesamt"
    "|total inkl. mwst|total in chf|totalbetrag|zu begleichen|zwischensumme inkl. rabatt"
    "|neuer gesamtbetrag|gesamtkosten|zahlbetrag eur|restbetrag fallig|restzahlung"
    "|fälliger restbetrag|restbetrag zu zahlen",
    "total_weak": "betrag|brutto|saldo|umsatz|parkentgelt|parkgebuhr|parkgebuhren|entgelt"
    "|nutzungsentgelt|fahrpreis|fahrpreis brutto|parkentgelt brutto",
    "gross": "warenwert|summe vor rabatt|gesamt vor rabatt|summe ohne rabatt|positionen",
    "subtotal": "zwischensumme|netto|nettobetrag|summe netto|gesamt netto|zw-summe|zwsumme|zwischentotal"
    "|nettosumme|netto gesamt|zws|nettoumsatz|zw. summe|zwischen-summe|exkl mwst|netto-warenwert"
    "|netto-betrag|steuerbasis",
    "tax": "mwst|ust|steuer|mehrwertsteuer|umsatzsteuer|mwst.|ust.|mwst-betrag|davon mwst|inkl. mwst"
    "|inkl mwst|enthaltene mwst|mwst betrag|gesamtsteuer|steuerbetrag|ust-betrag|steuern|enth. mwst"
    "|enth mwst|inkl. ust|summe mwst|summe ust|mwst gesamt|steuer gesamt|beinhaltet mwst|mwst inkl"
    "|enthaltene ust|darin enthaltene mwst|darin mwst|mehrwertsteuer 19%|mwst 19%|mwst 7%|kurtaxe mwst"
    "|steuer a|steuer b|inkl.mwst|incl. mwst|incl mwst|mwst incl|mwst. gesamt|ust gesamt|davon ust"
    "|mwst-satz",
    "discount": "rabatt|nachlass|gutscheinrabatt|coupon|personalrabatt|aktion|preisvorteil|preisnachlass"
    "|rabatte|treuerabatt|skonto|aktionsrabatt|sofortrabatt|mitarbeiterrabatt|abzug|rabattcoupon"
    "|kundenrabatt|stammkundenrabatt|app-rabatt|app-preis|coupon-rabatt|mengenrabatt|rabattaktion"
    "|preisreduzierung|preisreduktion|reduziert|-50%|sonderrabatt|gutschrift rabatt|cumulus rabatt"
    "|bonuscoupon|sparcoupon|lidl plus rabatt|lidl plus coupon|bonus|tagesrabatt",
    "savings": "ersparnis|gespart|sie sparen|sie haben gespart|preisvorteil gesamt|ihre ersparnis"
    "|sie sparten|rabatte gesamt",
    "rounding": "rundung|rundungsdifferenz|rundungsbetrag|gerundet",
    "service": "service|bedienung|lieferkosten|liefergebuhr|pfand|leergut|gedeck|liefergebuhren"
    "|servicepauschale|versand|tragetasche|versandkosten|tüte|tragetüte|papiertüte|bearbeitungsgebühr"
    "|zustellgebühr|lieferpauschale|mehrwegpfand|einwegpfand|pfand einweg|pfand mehrweg|pfandrückgabe"
    "|pfand retour|leergut retour|verpackung",
    "tip": "trinkgeld",
    "suggested": "trinkgeldvorschlag|trinkgeldempfehlung",
    "received": "gegeben|erhalten|gezahlt|bezahlt|gegeben bar|bar gegeben|zahlung|gez."
    "|barzahlung gegeben|kunde gibt|eingezahlt|gegeben eur|erhaltener betrag|barbetrag|gezahlt bar"
    "|bargeld gegeben|angezahlt|erhalten bar|bar erhalten|gegeben in bar|bar erhalten eur"
    "|erhaltener barbetrag|kunde gab|eingegeben|gezahlter betrag|bezahlt bar|gesamt bezahlt"
    "|summe zahlungen|zahlungen|bereits bezahlt|gegeben betrag",
    "change": "ruckgeld|zuruck|wechselgeld|retour|ruckgeld bar|ruckgabe|herausgeld|zuruck bar|rausgeld"
    "|rückgeld eur|wechselgeld eur|zurück eur|rg|rückgeld in bar|restgeld",
    "balance": "restguthaben|guthaben|kartenguthaben|neues guthaben|kontostand|restwert|restbetrag"
    "|neuer saldo|alter saldo",
    "points": "punkte|paybackpunkte|punktestand|bonuspunkte|payback|treuepunkte|gesammelte punkte"
    "|payback punkte|punktestand neu|basispunkte|payback-punkte|punkte gesamt",
    "count": "anzahl|artikel|anzahl artikel|posten|stuck|stk|anzahl positionen|gaste|personen|menge"
    "|artikelanzahl|anz|pos|anz. artikel|artikel gesamt|summe artikel",
    "per_head": "pro person|je person|pro gast|p.p.",
    "deposit": "anzahlung|vorauszahlung|abzgl. anzahlung|geleistete anzahlung",
    "foreign": "entspricht|umrechnungskurs|kurs|wechselkurs|ca.|gegenwert",
    "instalment": "rate|ratenzahlung|monatlich",
    "price": "einzelpreis|preis|uvp|statt|grundpreis|e-preis|normalpreis|alter preis",
    "inclusive": "inkl|inkl.|incl|incl.|einschl.|inklusive|inkl. service|inkl. steuern|davon",
    "neutral": "eur|chf|in|euro|von|der|die|kundenbeleg|kundenbeleg *|umtausch|umtausch nur|ruckgabe nur"
    "|ruckgaberecht|umtauschrecht|keine ruckgabe|die summe|aus|%|umtausch innerhalb|umtausch gegen"
    "|rückgabe innerhalb|rückgabe und umtausch|rückgabe mit bon|storno nur|storno innerhalb|küchenrolle"
    "|küchentuch|küchen|kopierpapier|kopie 4 seiten|farbkopie|s/w kopie|kopien|kundenkopie|gästekopie"
    "|kopie für kunden|kopie für den kunden|kopie kunde|händlerbund|theke und|bar & grill|barcode"
    "|barista|bitte bon aufbewahren|warenrückgabe nur|rückgabe leergut|flaschenrückgabe|leergutrückgabe"
    "|rückgabeschein|gutschein nicht|gutschein gültig|trainingshose|trainingsanzug|trainingsjacke"
    "|testsieger|schwangerschaftstest|covid test|schnelltest|antigentest",
    "cash": "bar|barzahlung|bargeld|barzahlg|bar eur|bar bezahlt",
    "card": "karte|ec|ec-karte|girocard|kartenzahlung|ec-cash|kreditkarte|ec-lastschrift|lastschrift"
    "|debitkarte|ec karte|ec cash|electronic cash|unbar|debit mastercard|postcard|postfinance card"
    "|bankomat|ec-kartenzahlung|mit karte|v pay|elv|bankomatkarte|geldkarte|karte girocard"
    "|kreditkartenzahlung|karte kontaktlos|kontaktlos|girocard kontaktlos|visa kontaktlos"
    "|mastercard kontaktlos|ec kontaktlos|ec-zahlung|ec zahlung|ec/maestro|maestro-karte|debit|kredit"
    "|kreditkarte visa|kartenzahlung girocard|kartenzahlung visa|kartenbetrag|kartenzahlung kontaktlos"
    "|bankkarte|giro",
    "stored_value": "gutscheinkarte|kundenkarte|wertkarte|geschenkkarte|guthabenkarte|kundenkonto guthaben",
    "voucher": "gutschein|warengutschein|essensgutschein|geschenkgutschein|einkaufsgutschein"
    "|wertgutschein|gutschein eingelost|essensmarke|pfandbon|pfandgutschein|gutscheine|wertbon"
    "|leergutgutschein|restaurant-gutschein|sodexo|edenred|ticket plus|gutschein nr",
    "other": "rechnung|uberweisung|paypal|twint|scheck|auf rechnung|klarna|lieferando|zimmerrechnung"
    "|zimmer|vorkasse|wolt|online bezahlt|apple pay|google pay|paydirekt|giropay|sofort|amazon pay"
    "|krankenkasse|kassenanteil|auf kundenkonto|kundenkonto|monatsrechnung|firmenrechnung|zimmer nr"
    "|auf zimmer|banküberweisung|reka|wero|bluecode|payback pay|edeka app|lidl pay|sumup|postfinance"
    "|online-zahlung|online zahlung|per app",
    "method_label": "zahlungsart|zahlart|zahlungsmittel|bezahlt mit|bezahlung|zahlungsweise|zahlungsform"
    "|zahlungsmethode",
    "number": "bon-nr|bon nr|bonnr|bon-nr.|beleg-nr|belegnr|beleg nr|rechnung nr|rechnungs-nr"
    "|rechnungsnummer|rechnungsnr|bon|beleg|belegnummer|bonnummer|quittung nr|quittung-nr|bestellung"
    "|bestell-nr|vorgang|transaktion|rechnung nr.|rechnungsnr.|nr|rechnung-nr|rg-nr|re-nr|re.nr|rechnung"
    "|rg.-nr.|rechn.nr|rechn.-nr.|quittung|bestellnummer|kassenbon|kassenbeleg|kassenbon nr"
    "|vorgangsnummer|vorgangsnr|vorgang-nr|bestellnr|auftrag|auftragsnr|beleg-nr.|quittungsnr|bon-id"
    "|beleg-id|bon #|abholnr-bon|belegnr.|beleg #|rechnungs-nr.|rechnungs nr|rechnungs nr.|bon-nummer"
    "|kassenbon-nr|kassenbon-nr.|kassenbonnr|kassenbon nr.|kassenzettel|kassenzettel nr|kassenzettel-nr"
    "|transaktions-nr|transaktionsnummer|buchungsnr|buchungsnummer|verkauf nr|verkauf|verkaufsnr|ticket"
    "|ticket nr|ticket-nr|bestellung nr|bestellung nr.|auftrag nr|auftrags-nr|auftragsnummer|lieferung"
    "|quittungsnummer|r-nr|rnr|rn|rechn-nr|faktura|faktura-nr|laufnr|lfd. nr|lfd nr|parkschein"
    "|fahrschein|bon-nr:",
    "original": "ursprungsbon|originalbon|zu bon|original bon|zu beleg|urspr. bon|originalbeleg|bezug"
    "|stornierter beleg|ursprungsbeleg|storno zu|original-bon|bon original|zu rechnung|original-bon-nr"
    "|storno von|storno zu bon|bezugsbeleg|ursprungsrechnung|referenzbeleg|ursprungsbon nr|zum bon"
    "|ursprungs-bon|originalrechnung|ref. bon|storno fur",
    "identity": "tel|telefon|kasse|kasse nr|kassier|kassierer|bediener|bedienung nr|tisch|ust-id"
    "|ust-idnr|steuernr|steuer-nr|ust-id-nr|terminal|terminal-id|ta-nr|vu-nr|autorisierung"
    "|genehmigungs-nr|filiale|markt|kunden-nr|kundennummer|tse-transaktion|tse-signaturzahler"
    "|tse-start|tse-stop|tse-seriennummer|seriennr|seriennr kasse|seriennummer|trace|trace-nr|uid|fax"
    "|kellner|signaturzahler|tse|transaktionsnr|tse-transaktionsnummer|mitarbeiter|verkaufer"
    "|kundenkarte nr|karten-nr|kartennr|mwst-nr|che|iban|es bediente sie|genehmigungsnummer|filial-nr"
    "|platz|iln|gln|telefax|st.nr|st.-nr|steuernummer|ust-nr|aid|beleg-nr ec|bnr|signatur|pos-info"
    "|uhrzeit",
    "date": "datum|zeit|uhrzeit|datum/zeit|gedruckt|tse-beginn|tse-ende",
    "queue": "abholnummer|abhol-nr|abholnr|wartenummer|ihre nummer",
    "turnover": "umsatz brutto|umsatz netto|einnahmen brutto|einnahmen|kassenbestand"
    "|umsatz seit anfang|anzahl bons|tagesumsatz|barbestand|wechselgeldbestand|gesamtumsatz"
    "|bruttoumsatz|soll-bestand|ist-bestand",
}

TITLES = {
    "refund": "retoure|erstattung|ruckgabe|gutschrift|warenrucknahme|warenruckgabe|rucknahme|umtausch"
    "|ruckerstattung|retourenbeleg|retoure-beleg|gutschriftbeleg|rucknahmebeleg|warenrucknahmebeleg"
    "|ruckzahlung|auszahlung retoure|kassenbon retoure|reklamation|retour|retourbon",
    "void": "storno|stornobeleg|stornierung|bonstorno|storniert|abbruch|bonabbruch|stornobon"
    "|storno-beleg|stornorechnung|storno-bon|sofortstorno|bon-abbruch|belegabbruch|rechnungsstorno"
    "|belegstorno|nachstorno|annulliert|annullation",
    "duplicate": "kopie|duplikat|zweitschrift|nachdruck|bonkopie|rechnungskopie|belegkopie"
    "|kopie des belegs|wiederholungsdruck|zweitdruck|bon-kopie|beleg-kopie|abschrift|kopiebeleg"
    "|belegwiederholung|bonwiederholung|zweitbeleg|rechnung kopie|copy|nachdruck bon|wiederdruck"
    "|beleg kopie|duplikat bon|rechnungsduplikat",
    "kitchen": "kuche|kuchenbon|bestellbon|thekenbon|theke|bar bon|bonierung|kuchenbestellung"
    "|bestellung kuche|barbon|schankbon|getrankebon|kuchenzettel|schank|arbeitsbon|speisenbon|abrufbon"
    "|kuche warm|kuche kalt|ausschank|abholbon kuche|buffet|bestellschein",
    "report": "z-bon|x-bon|tagesabschluss|kassenbericht|z-bericht|x-bericht|kassenabschluss"
    "|schichtabschluss|tagesbericht|kassensturz|zwischenbericht|abrechnung|kellnerabrechnung"
    "|finanzbericht|kassenschnitt|umsatzbericht|tagesumsatz|tagesendsumme|kassierer-abrechnung"
    "|tagesabrechnung|bedienerbericht|z-abschlag|x-abschlag|monatsbericht|z-abschluss|x-abschluss"
    "|z-abrechnung|x-abrechnung|kassierbericht|kassierer-abschluss|tagessummen|zwischenabschluss"
    "|kassenzahlung|kellnerbericht|warengruppenbericht|schichtbericht|bedienerabrechnung|z-bon nr"
    "|kartenabschluss|kassenschluss|abschluss|bericht|tagesjournal|kassenjournal|umsatzübersicht"
    "|tagesübersicht|x-abfrage|z-abfrage|bedienerabschluss|schichtabrechnung|kassenabrechnung|tagesende"
    "|kassenübersicht|stundenbericht|artikelbericht|z-nummer|endabrechnung",
    "training": "training|trainingsmodus|ubung|schulung|trainingsbon|ubungsmodus|schulungsmodus"
    "|trainingsbeleg|ubungsbon|testbeleg|testbon|schulungsbeleg|trainings-bon|probemodus|testmodus",
    "merchant_copy": "handlerbeleg|handler-beleg|beleg fur handler|handlerkopie|kaufmannbeleg"
    "|firmenbeleg|akzeptanzstellenbeleg|h-andlerbeleg|beleg fur den handler",
    "voucher": "gutschein|rabattgutschein|coupon|wertgutschein|geschenkgutschein|pfandbon|leergutbon"
    "|warengutschein|einkaufsgutschein|rabattcoupon|verzehrbon|essensbon|getrankemarke|leergut-bon"
    "|restgutschein",
    "other": "zwischenrechnung|proforma|angebot|kostenvoranschlag|einzahlung|auszahlung|kein verkauf"
    "|nullbon|lieferschein|testdruck|bewirtungsbeleg|vorabrechnung|guthabenaufladung|aufladung|schublade"
    "|gastbeleg|offene rechnung|proformarechnung|proforma-rechnung|proforma rechnung|druckertest"
    "|wechselgeldeinlage|geldtransit|privatentnahme|privateinlage|tischubersicht|vorlaufige rechnung"
    "|schublade offnen|entnahme|einlage|barentnahme|wartenummer|geschenkbon|abholnummer|bestellubersicht"
    "|testseite|selbsttest|kassenlade|schubladenoffnung|kartenaufladung|bareinlage|geschenkbeleg"
    "|bestellbestatigung|umtauschbon|informationsbeleg|rechnungsvorschau|vorschau|kasse offnen"
    "|anfangsbestand|gast-info|info-rechnung|informationsrechnung|reservierung|parkbon|interimsrechnung"
    "|auftragsbestatigung|zwischenbon|zwischenstand|vorläufiger bon|vorab-rechnung|tischrechnung offen"
    "|offener tisch|reservierungsbeleg|anzahlungsbeleg|abholschein|pfandbeleg|guthabenabfrage"
    "|guthaben aufladen|aufladebeleg|prepaid-aufladung|wechselgeld einlage|kassenentnahme|kasseneinlage"
    "|barentnahme beleg|testausdruck|probedruck|druckertest ok|warteschein|wartemarke|ihre nummer"
    "|ihre wartenummer|zahlung abgelehnt|abgelehnt|geparkter bon|bon geparkt|parkierter bon",
}

SAYINGS = {
    "other": "kein beleg|keine rechnung|noch nicht bezahlt|dies ist keine rechnung|dies ist kein beleg"
    "|unbezahlt|bitte an der kasse zahlen|kein kassenbeleg|zahlung nicht erfolgt|nicht bezahlt"
    "|nur zur information|zahlung abgelehnt|bitte zahlen sie|vorgang abgebrochen|noch offen"
    "|ist keine rechnung|kein gultiger beleg|bitte beim kellner zahlen|nicht als rechnung|keine quittung"
    "|dient nicht als|ersetzt keine rechnung|noch zu bezahlen|bitte an der kasse|offener betrag",
    "training": "kein gultiger beleg training|trainingsmodus|ubungsmodus|schulungsmodus",
    "duplicate": "dies ist eine kopie|kopie des originals|kopie nr",
    "refund": "erstattungsbetrag|auszahlungsbetrag|ruckzahlbetrag|erstatteter betrag|ausgezahlt"
    "|auszahlung bar|erstattung bar|ruckgeld retoure|ruckerstattung bar|gutschriftsbetrag|bar ausgezahlt"
    "|bar zuruckgezahlt|erstattung karte|gutschrift karte",
    "void": "beleg storniert|wurde storniert|rechnung storniert|bon storniert|vorgang storniert",
}

PROOFS = {
    "paid": "bezahlt|betrag dankend erhalten|dankend erhalten|betrag erhalten|vollstandig bezahlt"
    "|zahlung erfolgt|zahlung erhalten|rechnung bezahlt|bar bezahlt|genehmigt",
    "fiscal": "tse|tse-signatur|tse signatur|tse-transaktion|tse-start|tse-stop|tse-seriennummer"
    "|tse-signaturzahler|signaturzahler|signatur-zahler|tse transaktionsnummer|transaktionsnummer"
    "|tse-transaktionsnummer|prufwert|seriennummer kasse|rksv|kassenidentifikationsnummer"
    "|sig.zahler|tse-zeitstempel|tse sn|tse-id|tse-sn|tse-nr|tse start|tse ende|tse-ende",
    "receipt": "quittung|kassenbon|kassenbeleg|kassenzettel|bon|bon-nr|bon nr|bonnummer|kassabon"
    "|kassenquittung|barverkauf|barbeleg|kassa-bon|belegnummer|beleg-nr|beleg nr|verkaufsbeleg"
    "|kassabeleg|parkquittung|barquittung|kaufbeleg|einkaufsbeleg|tankbeleg|tankquittung"
    "|fahrpreisquittung|zahlungsbeleg",
    "invoice": "rechnung|barrechnung|kleinbetragsrechnung|rechnungs-nr|rechnungsnummer|rechnung nr",
    "served": "tisch|tisch-nr|tischnr|personen|gaste|kellner|bedienung|es bediente sie|platz|zimmer",
    "slip": "terminal-id|ta-nr|ta-nr.|vu-nr|genehmigungs-nr|genehmigungsnr|autorisierung"
    "|kundenbeleg|as-proc-code|emv-aid|trace-nr|beleg-nr.|vu-nummer",
    "approved": "genehmigungs-nr|genehmigungsnr|genehmigung|autorisierung|autorisierungs-nr"
    "|genehmigungsnummer",
}
