"""Words behind which a receipt prints something personal, in its fourteen languages."""

from __future__ import annotations

from typing import Final

PHONE: Final = (
    "tel|telephone|phone|ph|mobile|mob|cell|contact no|hotline|whatsapp|fax|电话|電話|手机|手机号"
    "|手机号码|联系电话|联系方式|订餐电话|会员手机|顾客电话|携帯|携帯番号|전화|전화번호|연락처|휴대폰"
    "|telefon|tel nr|handy|mobil|téléphone|portable|teléfono|móvil|celular|telefone|fone|telemóvel"
    "|cellulare|телефон|тел|моб|هاتف|الهاتف|جوال|الجوال|โทร|โทรศัพท์|เบอร์โทร|điện thoại|sđt|đt|telepon"
    "|telp|no hp"
)

CARD: Final = (
    "card|card no|card number|card num|card #|card ending|ending in|account|acct|acct no|account no"
    "|visa|mastercard|master card|amex|maestro|jcb|unionpay|卡号|银行卡|银行卡号|会员卡号|会员卡"
    "|卡号后四位|尾号|信用卡|储值卡号|银联卡|支付账号|账号|卡號|カード番号|カードno|会員番号|카드번호"
    "|회원번호|kartennummer|karten nr|karte|carte|n° carte|numéro de carte|tarjeta|nº tarjeta"
    "|número de tarjeta|cartão|número do cartão|carta|numero carta|карта|номер карты|البطاقة"
    "|رقم البطاقة|หมายเลขบัตร|บัตร|thẻ|số thẻ|kartu|no kartu|iban"
)

IDENTITY: Final = (
    "id no|id number|id card|identity no|passport|passport no|ssn|nric|aadhaar|member no|member id"
    "|member number|membership no|loyalty no|customer no|customer id|身份证|身份证号|身份證|证件号"
    "|证件号码|护照|护照号|会员号|会员编号|会员id|顾客编号|주민등록번호|ausweis|ausweis nr|kundennummer"
    "|kunden nr|mitgliedsnummer|passeport|n° client|n° membre|dni|pasaporte|nº socio|nº cliente|cpf"
    "|cpf do consumidor|codice fiscale|passaporto|tessera|паспорт|номер клиента|رقم الهوية|الهوية"
    "|เลขบัตรประชาชน|รหัสสมาชิก|เลขสมาชิก|cmnd|cccd|mã khách hàng|mã kh|nik|ktp|no ktp|no member"
    "|id member|id pelanggan"
)

NAME: Final = (
    "name|customer|customer name|member|member name|cardholder|card holder|client|guest|guest name"
    "|cashier|cashier name|server|waiter|waitress|operator|clerk|staff|salesperson|sold to|bill to"
    "|ship to|deliver to|attn|姓名|会员|会员姓名|会员名|会员名称|顾客|顾客姓名|客户|客户姓名|客户名称"
    "|贵宾|持卡人|收货人|收件人|联系人|收银员|收款员|收银|服务员|营业员|导购|导购员|操作员|店员|會員"
    "|顧客|お名前|氏名|名前|会員|会員名|担当|担当者|責任者|レジ担当|係|고객|고객명|회원|회원명|성명"
    "|이름|담당|담당자|계산원|캐셔|kunde|kundin|mitglied|bediener|bedienung|kassierer|kassiererin"
    "|verkäufer|verkäuferin|nom|nom client|caissier|caissière|serveur|serveuse|vendeur|vendeuse|hôte"
    "|hôtesse|nombre|cliente|cajero|cajera|camarero|mesero|mesera|vendedor|vendedora|atendido por|socio"
    "|nome|operador|operadora|atendente|garçom|cognome|cassiere|cassiera|operatore|cameriere|commessa"
    "|клиент|покупатель|имя|фио|кассир|официант|продавец|гость|العميل|اسم العميل|الاسم|عضو|الكاشير"
    "|البائع|ลูกค้า|ชื่อ|ชื่อลูกค้า|สมาชิก|พนักงาน|แคชเชียร์|khách hàng|tên khách|tên khách hàng|họ tên"
    "|thành viên|thu ngân|nhân viên|pelanggan|nama|nama pelanggan|anggota|kasir|pramusaji|pelayan"
)

NAME_FOLLOWS: Final = (
    "served by|you were served by|your server was|your cashier was|es bediente sie"
    "|sie wurden bedient von|servi par|vous avez été servi par|le atendió|lo atendió|atendido por"
    "|servito da|dear|mr|mrs|ms|miss|herr|herrn|frau|mme|sra|sr|sig|sig.ra|尊敬的|dilayani oleh"
)
"""What a name follows without a colon."""
