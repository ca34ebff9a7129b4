"""English, of the countries that print receipts in it, and the brands that every language prints."""

from __future__ import annotations

LABELS = {
    "total": "total|grand total|total due|amount due|balance due|total amount|total payable"
    "|amount payable|net payable|to pay|total to pay|amount to pay|total sale|sale total|order total"
    "|bill total|bill amount|invoice total|total charge|total charged|total price|transaction total"
    "|check total|ticket total|final total|total bill|rounded total|total rounded|total after rounding"
    "|net due|total after discount|total amount due|total amount payable|invoice amount|nett payable"
    "|net amount payable|ttl|amt due|amount owing|bal due|balance to pay|total balance|total inclusive"
    "|total cost|final amount|total sale amount|amount charged|order amount|payable|payable amount"
    "|net to pay|total value|basket total|purchase total|you pay|tot|pay this amount|total net payable",
    "total_weak": "amount|sale|net|nett|net amount|gross|balance|purchase|net total|nett total|amt|due"
    "|purchase amount|sale amount|bill",
    "gross": "total before discount|gross total|gross amount|original total|items total|item total"
    "|merchandise total|food total|beverage total|goods total|total before savings|regular total"
    "|total gross|before discount|price before discount|total mrp|mrp total",
    "subtotal": "subtotal|sub total|sub-total|sub|sub ttl|subttl|taxable|taxable amount|taxable value"
    "|total before tax|total excl gst|total excl vat|total ex gst|total ex vat|total excl tax"
    "|total excluding tax|merchandise|total exc vat|total exc gst|net sales|amount before tax"
    "|amount excl gst|amount excl vat|excl vat|excl gst|excluding vat|excluding gst|net excl|ex gst"
    "|ex vat|before tax|total without tax|net before tax|food subtotal|items subtotal|s/total|vatable"
    "|vatable sales|vat exempt|zero rated|pre-tax total",
    "tax": "tax|sales tax|vat|gst|hst|pst|qst|cgst|sgst|igst|utgst|cess|sst|total tax|tax total"
    "|total taxes|vat amount|gst amount|tax amount|gst included|includes gst|vat included|includes vat"
    "|of which vat|state tax|city tax|local tax|county tax|service tax|total gst|total vat|taxes"
    "|gst included in total|includes tax|vat total|gst total|gct|tax due|of which gst|included vat",
    "discount": "discount|disc|coupon|coupons|promo|promotion|promotions|member discount"
    "|loyalty discount|staff discount|markdown|total discount|discount total|discounts|offer|multibuy"
    "|deal|voucher discount|rebate|store coupon|mfr coupon|reward|rewards|total discounts|senior discount"
    "|promo discount|employee discount|less discount|happy hour|instant savings|comp|comps|less|off",
    "savings": "savings|total savings|you saved|you save|today you saved|saved|total saved|your savings"
    "|you have saved|card savings",
    "rounding": "rounding|round off|roundoff|rounding off|cash rounding|rounding adj"
    "|rounding adjustment|round adj|rounded off|round|round up|round down",
    "service": "service charge|service|svc chg|svc|delivery fee|delivery|bag fee|bag charge|carrier bag"
    "|cover charge|packaging|surcharge|card surcharge|booking fee|eco fee|shipping|packing charge"
    "|delivery charge|container charge|service fee|bottle deposit|crv|packing charges|handling"
    "|convenience fee|takeaway charge|serv charge",
    "tip": "tip|tips|gratuity|auto gratuity|tip amount|gratuities",
    "suggested": "suggested tip|tip guide|suggested gratuity|tip suggestions|gratuity guide"
    "|suggested tips|suggested|tip calculator",
    "received": "tendered|tender|cash tendered|amount tendered|amount paid|paid|total paid|received"
    "|amount received|cash received|cash given|given|payment|payments|total tendered|total tender"
    "|amt tendered|cash tend|total payments|cash in|amt paid|payment received|payment total|total payment"
    "|paid amount|tend|amt tend|total tend",
    "change": "change|change due|your change|cash change|change given|change back|balance returned"
    "|returned|change amount|chg|cash back",
    "balance": "gift card balance|card balance|remaining balance|account balance|new balance"
    "|balance remaining|previous balance|available balance|prepaid balance|balance left|opening balance"
    "|closing balance|wallet balance|remaining|avail bal|old balance|outstanding|gift balance"
    "|store credit balance|member balance",
    "points": "points|points earned|points balance|total points|points this visit|bonus points"
    "|reward points|loyalty points|stars|points redeemed|point|pts|pts earned|pts balance|points total"
    "|points to date|new points",
    "count": "items|item count|total items|no of items|no. of items|number of items|items sold|qty"
    "|total qty|total quantity|total units|guests|covers|pieces|total pieces|item|no items"
    "|total no of items|quantity|units|pcs|total weight|weight|total item|total item(s)|total pcs"
    "|items in cart|no of guests|party size|total articles|# items sold|total number of items sold"
    "|total number of items",
    "per_head": "per person|per guest|per head|each share|split|each pays|your share|per pax|each"
    "|split bill|share|pp|per diner|ways",
    "deposit": "deposit|deposit paid|less deposit|advance|advance paid|prepaid|less advance"
    "|deposit applied|pre-paid|already paid",
    "foreign": "equivalent|approx|exchange rate|fx rate|conversion|rate of exchange|foreign|equiv"
    "|approximately|converted",
    "instalment": "installment|instalment|monthly|per month|installments|instalments|weekly",
    "price": "rrp|was|reg price|regular price|list price|unit price|msrp|original price|mrp|price"
    "|normal price|now|rate|reg|each price",
    "inclusive": "inc gst|incl gst|incl. gst|including gst|gst incl|gst incl.|gst inclusive|inc vat"
    "|incl vat|incl. vat|including vat|inc tax|incl tax|incl. tax|including tax|tax included|tax incl"
    "|vat incl|vat incl.|inclusive of tax|inc. gst|inc. vat|vat inclusive|incl. of tax"
    "|inclusive of all taxes|incl of all taxes|incl. all taxes|tax inclusive|incl taxes|incl. taxes"
    "|tax inc|gst inc|inc.|incl.|incl|including|inclusive|with tax|incl. service|incl. tip|taxes included"
    "|all taxes included|vat inc",
    "neutral": "rs|inr|only|the|your|sum|for|this|order|in|usd|gbp|eur|aud|cad|nzd|sgd|hkd|myr|php|zar"
    "|excl|customer copy|cardholder copy|guest copy|customer receipt|refund policy|return policy"
    "|returns policy|no refunds|no refund|no returns|refunds and exchanges|returns and exchanges"
    "|returns & exchanges|exchange only|for returns|for refund|for refunds|tax invoice|sales receipt"
    "|please retain|retain for your records|vat receipt|keep this receipt|cash sale|void if|not valid if"
    "|copy of receipt required|void where prohibited|void after|training shoes|kitchen roll|return bottle"
    "|bottle return",
    "cash": "cash|cash payment|paid cash|paid by cash|by cash|paid in cash|cash paid|cash sale amount"
    "|cash amount",
    "card": "card|visa|mastercard|master card|mc|amex|american express|discover|debit|credit|debit card"
    "|credit card|eftpos|interac|maestro|contactless|chip|card payment|paid by card|bank card|jcb|diners"
    "|diners club|visa debit|visa credit|debit mastercard|eft|interac debit|apple pay|google pay"
    "|samsung pay|card sale|by card|credit/debit|v pay|vpay|girocard|card amount|nets|credit sale"
    "|visa electron|mastercard debit|swiped|tap|emv|paywave|paypass|rupay|union pay card|atm card"
    "|chip card|debit sale|ecard",
    "stored_value": "gift card|store credit|member card|prepaid card|stored value|ez-link|ezlink"
    "|octopus|giftcard|e-gift card|gift card redeemed|wallet|loyalty card|store card|customer credit",
    "voucher": "voucher|gift voucher|luncheon voucher|vouchers|gift certificate|food voucher"
    "|meal voucher|gift token|redeemed voucher",
    "other": "upi|paytm|phonepe|gcash|paynow|grabpay|cheque|bank transfer|on account|house account"
    "|paypal|klarna|touch n go|venmo|ebt|duitnow|qris|pix|bhim|mobile pay|m-pesa|mpesa|maya|account|fpx"
    "|boost|snap|afterpay|zip pay|check tender|charge to room|room charge|e-wallet|ewallet|qr pay"
    "|qr payment|zelle|cash app|insurance|uber eats|grab|doordash|deliveroo|just eat|online payment"
    "|prepaid online",
    "method_label": "payment method|paid by|pay by|payment type|method of payment|tender type"
    "|payment mode|mode of payment|paid with|pay mode|payment by|paid via|mode|method|settled by"
    "|paid using",
    "number": "receipt no|receipt number|receipt #|receipt|receipt id|rcpt|rcpt no|rcpt#|invoice"
    "|invoice no|invoice number|invoice #|inv|inv no|bill no|bill number|bill #|bill|check #|check no"
    "|check|chk|chk #|ticket|ticket no|ticket #|ticket number|trans#|trans|trans #|transaction|trans no"
    "|transaction no|transaction #|transaction id|txn|txn no|order|order no|order #|order number|sale no"
    "|sale #|slip no|doc no|tran|tax invoice no|tax invoice|refund no|refund #|return no|sale id"
    "|sale number|order id|tran #|trn|si no|or no|document no|sale|slip|void no|credit note no|docket"
    "|docket no|memo no|cash memo no|no|receipt nr|sales no|tr no|transaction number|trans id|tkt|s/o no"
    "|rec",
    "original": "original receipt|orig receipt|original invoice|original transaction|orig trans"
    "|against receipt|ref receipt|original sale|original receipt no|original order|orig. receipt"
    "|orig sale|original bill|original ticket|original receipt #|original trans|original|orig|orig inv"
    "|original receipt number|original no|refund for receipt|return of|refund of receipt|refunded receipt"
    "|refund for|voids receipt|orig. sale",
    "identity": "tel|phone|ph|vat no|vat reg|vat reg no|vat number|gst#|gst no|gst reg no|gst reg|gstin"
    "|abn|acn|reg no|tax id|auth|auth code|approval|aid|tid|mid|terminal|merchant id|card no|acct|batch"
    "|ref no|rrn|table|table no|server|cashier|operator|till|register|pos|lane|store|member|member no"
    "|loyalty no|seq|trace|guest|fssai|fssai no|cin|fax|ein|zip|stan|ref|reference|approval code|app code"
    "|station|staff|clerk|served by|uen|co reg|branch|store no|store #|customer|customer id|cust|shop"
    "|fein|suite|www|token|st|op|te|vat id|license|lic|serial|batch no|survey code|code|id|pump|tc|tvr"
    "|mobile|pan|company no|min|accreditation|terminal id|counter|waiter|queue|queue no|hsn",
    "date": "date|time|printed|date/time|printed at|opened|closed|issued",
}

TITLES = {
    "refund": "refund|return|refund receipt|customer refund|credit note|returned goods"
    "|merchandise return|sale return|return receipt|refund slip|sales return|cash refund|card refund"
    "|goods returned|credit memo|return slip|refund voucher|merchandise credit|refunded|returned"
    "|refund transaction|return transaction|partial refund|full refund|refund issued|sale refund",
    "void": "void|voided|void sale|void receipt|cancelled|canceled|transaction void|transaction voided"
    "|transaction cancelled|transaction canceled|sale void|sale voided|void transaction|cancelled sale"
    "|post void|sale cancelled|order cancelled|order canceled|cancellation|bill cancelled|cancelled bill"
    "|receipt void|receipt voided|void ticket|voided transaction|cancel|void slip|reversal",
    "duplicate": "duplicate|reprint|reprinted|copy|duplicate receipt|copy receipt|receipt copy|re-print"
    "|duplicate copy|reissued|copy of receipt|reprint receipt|duplicate bill|duplicate invoice"
    "|reprinted receipt|bill copy|receipt reprint|2nd copy|reprint copy|duplicate print|copy bill"
    "|invoice copy|re-printed|copy invoice|re-issue|second copy",
    "kitchen": "kitchen|kitchen order|kitchen copy|bar order|kot|bar ticket|kitchen ticket|order ticket"
    "|prep ticket|chef|expo|kitchen order ticket|bar copy|bar|bot|grill|fry station|cold station|prep"
    "|hot kitchen|cold kitchen|kitchen print|runner|bar order ticket|expediter|barista|make ticket"
    "|line ticket|kitchen printer|pizza station|pass|remote order|food order",
    "report": "z report|x report|z-report|x-report|x-read|z-read|x read|z read|end of day|day end"
    "|shift report|daily report|sales report|till report|cash up|daily summary|sales summary|shift close"
    "|settlement report|batch report|x reading|z reading|cashier report|till reconciliation|drawer report"
    "|day close|cash report|financial report|batch settlement|department report|hourly report|eod"
    "|close of day|z-out|x-out|shift summary|daily sales report|daily sales|end of shift|cash count"
    "|till count|z out|x out|end of day report|day report|server report|z-reading|x-reading|batch close"
    "|settlement|totals report|day summary|cash drawer report|shift end|employee report|flash report"
    "|product mix|close out|closeout|checkout report|server checkout|till summary|x readout|z readout"
    "|daily close|cash summary|stock report",
    "training": "training|training mode|practice|training receipt|practice mode|test mode|demo mode"
    "|demo|training only|sample receipt|test receipt|training transaction|practice receipt|training sale"
    "|void - training|dummy receipt|test transaction|trainee mode|demo receipt",
    "merchant_copy": "merchant copy|merchant's copy|store copy|shop copy|retailer copy|merchant receipt"
    "|merchant slip|business copy|merchants copy|vendor copy|restaurant copy|office copy|retain copy"
    "|merchant",
    "voucher": "gift voucher|voucher|coupon|gift certificate|money off|gift card|credit voucher"
    "|store credit|raffle ticket|reward voucher|discount voucher|discount coupon|gift token|bounce back"
    "|drink voucher|meal voucher|exchange voucher|parking voucher|reward coupon",
    "other": "guest check|pro forma|proforma|pro-forma|quote|quotation|estimate|no sale|nosale|paid out"
    "|pay out|payout|cash drop|pay in|paid in|float|gift receipt|test page|printer test|self test"
    "|self-test|top up|top-up|topup|queue number|your number|now serving|preliminary|interim bill|layaway"
    "|delivery note|packing slip|picking list|order confirmation|parked sale|suspended|held sale"
    "|work order|tab|no-sale|provisional bill|draft bill|petty cash|drawer open|cash drawer|drawer opened"
    "|safe drop|pre-bill|prebill|bill preview|suspended sale|pro forma invoice|proforma invoice"
    "|reservation|sales order|lay-by|layby|price check|job card|cash in|starting cash|opening float"
    "|preliminary bill|temporary bill|hold|pickup slip|order slip|deposit slip|test print|test"
    "|running bill|check preview|order summary|drawer kick|cash pickup|loan|bank deposit|float in"
    "|account payment|reload|cash lift|balance enquiry|balance inquiry|declined",
}

SAYINGS = {
    "duplicate": "this is a copy|this is a duplicate|this is a reprint|reprint of receipt"
    "|duplicate of receipt|reprint #|copy #|not an original|reprinted on|reprinted by",
    "training": "training mode|practice mode|training only|not a valid receipt|for training purposes"
    "|no goods sold|training receipt",
    "other": "not a receipt|this is not a receipt|this is not a bill|not paid|unpaid|not a tax invoice"
    "|please pay at|pay at counter|not a final bill|this is not a final|not yet paid|payment pending"
    "|awaiting payment|amount outstanding|pay at the counter|pay at the till|pay at cashier|not a fiscal"
    "|not an invoice|valid for 30 days quote|quote valid|not valid as receipt|not an official receipt"
    "|this is not an official|please pay your server|gift receipt|no sale|transaction declined"
    "|card declined|please pay cashier|not a proof of payment|not proof of payment|to be paid|payment due"
    "|not a vat receipt|not a guest receipt",
    "void": "this receipt is void|this transaction is void|transaction voided|transaction cancelled"
    "|transaction canceled|sale voided|sale cancelled|cancelled by|voided by",
    "refund": "refund total|total refund|amount refunded|refund amount|refund due|refund to|refunded to"
    "|total refunded|cash refund|card refund|refund cash|refund card|refund by|returned amount"
    "|return total|credit issued|refund method|refund tender|refund given",
}
