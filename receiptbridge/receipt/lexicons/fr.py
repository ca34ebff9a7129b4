"""French, of France, Belgium, Switzerland and Canada."""

from __future__ import annotations

LABELS = {
    "total": "total|total ttc|net a payer|a payer|montant total|total a payer|total general|montant du"
    "|total eur|reste a payer|montant ttc|total net|total du|net a payer ttc|total a regler"
    "|montant a payer|total commande|total net ttc|a regler|net ttc|total facture|total achat"
    "|total achats|somme due|total addition|total euros|total ticket|montant total ttc|solde a payer"
    "|total a payer ttc|montant a regler|total a payer eur|total vente|total final|total a payer ttc eur"
    "|montant eur|montant de la vente|montant de l'achat|total ttc eur|total ttc a payer|total euros ttc"
    "|total de la commande|total de vos achats|total de la note|total note|total de l'addition"
    "|total general ttc|total a encaisser|a encaisser|montant net|montant net a payer|net a regler"
    "|net a payer eur|net a payer euros|total net a payer|somme a payer|prix total|prix ttc"
    "|total prestations|total sejour|tarif|frais de stationnement|stationnement|montant stationnement"
    "|total carburant|total cad|total chf|grand total|total après remise|total remise deduite|reste du",
    "total_weak": "montant|net|ttc|somme|solde|total brut ttc",
    "gross": "total brut|total avant remise|sous-total avant remise|total articles|montant brut"
    "|total hors remise|total avant reduction",
    "subtotal": "sous-total|sous total|total ht|montant ht|ht|base ht|total hors taxes|s/total|s-total"
    "|net ht|hors taxe|base|s/t|stotal|hors taxes|ss-total|ss total|sous-total ttc|sous-total ht"
    "|total net ht",
    "tax": "tva|taxe|dont tva|total tva|montant tva|taxes|tva incluse|tps|tvq|dont taxes|tva totale"
    "|total taxes|t.v.a|t.v.a.|taxe de vente|dont tva 20%|dont tva 10%|dont tva 5,5%|tva 20%|tva 10%"
    "|tva 5,5%|tva 5.5%|tva a|tva b|tva 2,1%|total tva incluse|taxe sejour|taxe de sejour"
    "|taxes de sejour",
    "discount": "remise|reduction|rabais|promo|promotion|bon de reduction|remise fidelite|total remise"
    "|avantage carte|remises|escompte|bon d'achat remise|remise immediate|offre|remise totale"
    "|remise panier|total remises|coupon|offert|remise carte|remise 10%|remise immediate carte"
    "|bon d'achat utilise|reduction immediate|reduction carte|offre speciale|prix promo|promo carte"
    "|remise exceptionnelle|remise client|remise commerciale|remise personnel|geste commercial|lot promo"
    "|2eme a -50%|remise lot|avantage|avantage fidelite|avantage immediat",
    "savings": "economie|vous economisez|economies|vos economies|economie realisee|vous avez economise"
    "|total economies|total avantages|avantages|dont remise|gain fidelite",
    "rounding": "arrondi|arrondissement",
    "service": "service|frais de service|livraison|consigne|couvert|frais de livraison|sac|emballage"
    "|eco-participation|dont eco-part|ecotaxe",
    "tip": "pourboire",
    "suggested": "pourboire suggere",
    "received": "recu|paye|rendu sur|verse|donne|regle|especes recues|montant recu|montant percu|percu"
    "|remis|reglement|paiement|montant verse|encaisse|recu especes|total paye|montant paye|montant remis"
    "|especes donnees|recu client|total regle|total percu|somme recue|recu en especes"
    "|remis par le client|montant recu especes|a regler recu|total reglements|total reglement"
    "|total encaisse|reglements|total recu",
    "change": "rendu|monnaie|a rendre|rendu monnaie|monnaie rendue|rendu especes|monnaie a rendre"
    "|rendu esp|rendre|remis au client|rendu sur especes|rendu monnaie especes|a rendre monnaie"
    "|monnaie a rendre especes|rendu client|rendu cb|rendu eur|trop percu|trop-percu",
    "balance": "solde carte|nouveau solde|solde cadeau|solde compte|cagnotte|solde restant"
    "|solde cagnotte|solde avant|solde carte cadeau|solde ancien|avoir restant|solde disponible"
    "|ancien solde|total cagnotte|ticket leclerc cumule|cumul ticket|cumul|total cumule|solde fidelite"
    "|euros fidelite|cagnotte disponible|montant cagnotte",
    "points": "points|points gagnes|solde points|points fidelite|total points|points acquis|pts"
    "|solde de points|points cumules|nouveaux points|point",
    "count": "articles|nb articles|nombre d'articles|nombre articles|qte|quantite|couverts|article"
    "|nb d'articles|nbr articles|total articles vendus|nb art|nombre de lignes|nb article|nbre articles"
    "|nbre d'articles|nbr d'articles|pieces",
    "per_head": "par personne|par pers|part|/pers",
    "deposit": "acompte|acompte verse|arrhes|avance|deja regle|acompte deduit",
    "foreign": "soit|contre-valeur|taux de change|equivalent|environ|en francs",
    "instalment": "mensualite|echeance|fois",
    "price": "prix unitaire|p.u.|pu|prix|prix unit|prix normal|au lieu de|prix barre",
    "inclusive": "ttc|tva comprise|tva incl|taxes comprises|service compris|prix nets|tva inclus|dont"
    "|toutes taxes comprises|taxes incluses|net de tva|prix net|inclus",
    "neutral": "eur|euros|euro|cad|le|la|de|du|par|en|client|ticket client|exemplaire client|retour sous"
    "|echange sous|ni repris ni echange|retours|conditions de retour|echange|pas de remboursement"
    "|ni echange ni remboursement|copie client|remboursement sous|echange ou remboursement"
    "|echanges et remboursements|avoir ou echange|copie carte|exemplaire du client|ticket a conserver"
    "|remboursement ou echange|retour ou echange|retour gratuit|retours gratuits|retours acceptes"
    "|retour possible|retours sous|retour dans les|annulation gratuite|avoir valable|aller retour"
    "|aller-retour|a/r|bar a|le bar|photocopie|photocopies|copie couleur|rapport qualite prix|test covid"
    "|test grossesse|formation professionnelle|essuie-tout|rouleau cuisine|duplicata a conserver",
    "cash": "especes|espece|esp|paiement especes|liquide|comptant|en especes|argent comptant"
    "|reglement especes|paye en especes|esp.",
    "card": "carte bancaire|cb|carte|carte bleue|carte credit|carte de credit|carte de debit|bancaire"
    "|cb emv|sans contact|cb sans contact|carte bancaire sans contact|bancontact|paiement carte|credit"
    "|debit|interac|carte bancaire emv|paiement cb|reglement cb|par carte|carte banc|postcard"
    "|cartes bancaires|cb visa|bancaire sans contact|cb contactless|cb contact|cb contactless visa"
    "|carte visa|carte mastercard|carte american express|cb/visa|cb/mc|visa/mc|carte amex|maestro"
    "|postfinance|carte debit|paiement par carte|reglement carte|reglement par carte|tpe|cb tpe"
    "|carte sans contact|carte bleue visa|paiement sans contact|cb sans contact emv",
    "stored_value": "carte cadeau|carte fidelite|porte-monnaie|cagnotte utilisee|carte prepayee"
    "|avoir client|paiement cagnotte|carte client",
    "voucher": "ticket restaurant|titre restaurant|cheque dejeuner|bon d'achat|tickets resto"
    "|ticket resto|titres restaurant|cheque cadeau|cheques cadeaux|titre-restaurant|tr|swile|edenred"
    "|tickets restaurant|cheque vacances|bon cadeau|sodexo|pluxee|avoir|cheque-vacances|titres-resto"
    "|ticket-restaurant|conecs|titres resto|carte titre restaurant|carte ticket restaurant|carte resto"
    "|up dejeuner|bimpli|apetiz|cheque dej|bons d'achat|bon achat|bon reduction fidelite|ecocheque"
    "|éco-chèque|cheque repas|chèques repas|cheque culture|cheques vacances|ancv|illicado|kadeos"
    "|tir groupe",
    "other": "cheque|virement|paypal|lydia|en compte|compte client|cheque bancaire|alma|lyf pay|twint"
    "|uber eats|deliveroo|paylib|en ligne|wero|chq|part amo|part amc|part organismes|part mutuelle"
    "|part secu|part securite sociale|tiers payant|mutuelle|amo|amc|ro|rc|securite sociale"
    "|assurance maladie|virement bancaire|cheque banque|chèque n|paiement mobile|paiement en ligne"
    "|payé en ligne|regle en ligne|apple pay|google pay|swile mobile|sumeria|lydia pro|alma 3x|oney"
    "|3x oney|cofidis|payconiq|note de chambre|compte chambre|chambre|credit client|just eat|carte oney",
    "method_label": "mode de paiement|reglement par|paye par|moyen de paiement|mode de reglement"
    "|paiement par|type de paiement|mode paiement|regle par|reglements",
    "number": "ticket|ticket n|ticket no|ticket n°|no ticket|n° ticket|facture|facture n|facture n°"
    "|facture no|recu n°|note|note n°|n° facture|commande|commande n°|cde|numero|n° de ticket"
    "|ticket numero|num ticket|numero de ticket|no facture|no de facture|no commande|transaction"
    "|no transaction|trans|addition|addition n°|recu no|bon no|n° note|note no|n°|no|reçu n|num"
    "|piece no|n° piece|vente|vente n°|vente no|n° commande|tic|tck|tkt|no recu|no de recu|ticket #"
    "|facture #|num. ticket|ref ticket|ticket ref|addition no|no note|no de ticket|no vente"
    "|commande no|num facture|bon|ticket de caisse|note n|addition n|ticket de caisse n|ticket caisse"
    "|facturette|commande n|cde n|bon n|bon n°|reçu|fact|fact.|fact n|n ticket|n facture|n de ticket"
    "|numero ticket|numero de facture|n° vente|vente n|transaction n|transaction n°|n° transaction"
    "|operation|no. facture|piece|piece n|justificatif n|dossier|tick.|tick|tick no|n.",
    "original": "ticket d'origine|ticket origine|ref ticket|ticket initial|facture d'origine"
    "|vente d'origine|annule ticket|sur ticket|ticket d'origine no|du ticket|vente origine"
    "|facture origine|ref. ticket|no ticket origine|annulation ticket|annulation du ticket"
    "|ticket rembourse|ref. facture|ticket annule|ticket remb|origine|ticket d'achat",
    "identity": "tel|siret|siren|tva intra|naf|ape|caisse|caissier|caissiere|vendeur|serveur|table"
    "|carte no|autorisation|no auto|client no|rcs|telephone|hote|hotesse|magasin|terminal|code postal"
    "|n° tva|no tva|tva no|fax|n° client|poste|operateur|servi par|numero client|carte fidelite no"
    "|aid|no carte|code ape|tva intracom|n° tva intra|commercant|no autorisation|siege|sas|sarl"
    "|capital|vos|borne|signature|hash|empreinte|version|logiciel|n° caisse|no caisse"
    "|vous avez ete servi par|nf525|couverts table|bip|chevalet",
    "date": "date|heure|le|date heure|imprime le|edite le",
    "queue": "numero d'attente|no d'attente|numero d'appel|votre numero|numero de retrait|no appel",
    "turnover": "ventes ttc|chiffre d'affaires|nb ventes|total ventes|ca ttc|ca ht|fond de caisse"
    "|ventes nettes|ventes brutes|panier moyen|nombre de tickets|total recettes|recettes"
    "|total du jour",
}

TITLES = {
    "refund": "remboursement|retour|avoir|retour marchandise|ticket de retour|bon de retour"
    "|retour client|note de credit|ticket retour|remboursement client|retour produit|retour article"
    "|ticket remboursement|ticket de remboursement|facture d'avoir|avoir client|retour articles"
    "|bon d'avoir|rembourse|reprise|reprise marchandise",
    "void": "annulation|annule|ticket annule|annulation ticket|vente annulee|transaction annulee|annulee"
    "|abandon|ticket d'annulation|annulation vente|ticket abandonne|commande annulee|facture annulee"
    "|note annulee|annulation de vente|abandon de vente|vente abandonnee",
    "duplicate": "duplicata|copie|reimpression|reedition|duplicata ticket|ticket duplicata|copie ticket"
    "|reimprime|copie de ticket|copie du ticket|duplicata facture|duplicata de ticket|reedition ticket"
    "|double|duplicata no|duplicata note|facture duplicata|note duplicata|duplicata de facture"
    "|reimpression ticket|2eme exemplaire|2eme impression",
    "kitchen": "cuisine|bon cuisine|bon de cuisine|bon de commande|bar|bon bar|commande cuisine"
    "|ticket cuisine|bon de preparation|preparation|cuisine chaude|cuisine froide|pizzeria|office"
    "|fabrication|bon de fabrication|reclame|ticket de fabrication|ticket de preparation",
    "report": "ticket z|ticket x|rapport z|rapport x|cloture|cloture de caisse|rapport de caisse|recap"
    "|z de caisse|x de caisse|journal|cloture journaliere|rapport journalier|fin de journee"
    "|fermeture de caisse|bilan|lecture x|releve|telecollecte|arrete de caisse|z caisse|x caisse"
    "|rapport financier|etat de caisse|synthese|cloture z|rapport de ventes|rapport du jour"
    "|remise a zero|bande z|recapitulatif|total journalier|rapport|rapport de vente|cloture du jour"
    "|compte rendu|fin de service|lecture z|comptage caisse|comptage|raz|journee|rapport serveur"
    "|cloture mensuelle|rapport vendeur|cloture journee|bilan de caisse|bilan journalier"
    "|recapitulatif journalier|recap caisse|journal de caisse|journal des ventes|cloture de service"
    "|statistiques|ca journalier",
    "training": "formation|mode formation|ecole|mode ecole|entrainement|ticket ecole|demonstration"
    "|simulation|mode entrainement|mode test|mode demo|ticket formation|ticket de formation|essai"
    "|exercice",
    "merchant_copy": "ticket commercant|exemplaire commercant|copie marchand|souche commercant"
    "|copie commercant|exemplaire marchand|a conserver par le commercant|ticket marchand",
    "voucher": "bon d'achat|cheque cadeau|bon de reduction|coupon|bon cadeau|carte cadeau|bon a valoir"
    "|bon promotionnel|cheque fidelite|bon de consigne|consigne|jeton|ticket tombola",
    "other": "addition provisoire|note provisoire|devis|pro forma|proforma|facture pro forma"
    "|facture proforma|apport|prelevement|ouverture tiroir|rechargement|bon de livraison|test imprimante"
    "|pre-note|prenote|ticket cadeau|fond de caisse|sans vente|note non acquittee|justificatif"
    "|sortie de caisse|entree de caisse|tiroir|ouverture de tiroir|note d'attente|ticket provisoire"
    "|en attente|test|test d'impression|recharge|pre-addition|preaddition|depot|retrait|numero d'attente"
    "|reservation|auto-test|avant paiement|note client|pre-ticket|ticket d'attente|page de test"
    "|bon d'echange|ticket d'echange|bordereau|vente en attente|rechargement carte|projet de note"
    "|edition provisoire|commande en attente|sortie especes|entree especes|depense|note non payee"
    "|ticket en attente|mise en attente|precompte|addition a regler|bon de commande|bon de reservation"
    "|bon de retrait|recu d'acompte|arrhes|ouverture du tiroir|ouverture caisse|tiroir caisse"
    "|apport de caisse|prelevement caisse|remise en banque|recharge carte|solde carte cadeau"
    "|consultation solde|bon cadeau echange|numero d'appel|votre numero|file d'attente|autotest"
    "|transaction refusee|paiement refuse|operation refusee|abandon|note en cours|commande en cours",
}

SAYINGS = {
    "other": "non acquitte|a regler en caisse|ne constitue pas|non paye|avant encaissement"
    "|ce document n'est pas|pas une facture|document provisoire|ceci n'est pas|n'est pas un ticket"
    "|document non fiscal|transaction refusee|non acquittee|non payee|paiement refuse"
    "|n'est pas une facture|reglement en caisse|a payer en caisse|non fiscal|en attente de paiement"
    "|en attente de reglement|reste du|ne pas payer|veuillez regler|non reglee|non réglé"
    "|paiement en attente|non valable comme",
    "training": "mode formation|mode ecole|mode entrainement|ticket sans valeur",
    "duplicate": "ceci est un duplicata|duplicata no|reimpression no|copie conforme",
    "refund": "montant rembourse|total rembourse|rembourse en especes|montant a rembourser"
    "|total remboursement|remboursement especes|remboursement carte|remboursement cb|total avoir"
    "|montant avoir|a rembourser|montant de l'avoir|total retour|net a rembourser|montant remboursement"
    "|rembourse especes|rembourse cb|valeur avoir",
    "void": "ticket annule|vente annulee|transaction annulee|commande annulee",
}

PROOFS = {
    "paid": "paye|payee|acquitte|acquittee|facture acquittee|reglee|solde|pour acquit|paiement accepte"
    "|paiement effectue|note acquittee|paiement approuve|regle",
    "fiscal": "nf525|nf 525|signature|certificat nf|hash|caisse enregistreuse certifiee|code mev"
    "|webviolation|mev|srm",
    "receipt": "ticket|ticket de caisse|ticket caisse|ticket no|ticket n|recu|recu client|facturette"
    "|recu de paiement|recu de caisse|ticket client|justificatif de paiement|ticket de vente"
    "|ticket numero|recu de stationnement|ticket de paiement|recu no|no ticket|preuve d'achat",
    "invoice": "facture|facture simplifiee|note|facture no|facture n",
    "served": "table|couverts|couvert|serveur|serveuse|servi par|chambre|convives|place",
    "slip": "no commercant|no autorisation|autorisation|carte bancaire contactless|porteur"
    "|ticket client a conserver|n° auto|no auto|ticket client",
    "approved": "no autorisation|autorisation|no auto|code autorisation|numero autorisation|auto",
}
