"""Vietnamese; folded, so that receipts without diacritics are read too."""

from __future__ import annotations

LABELS = {
    "total": "tong cong|tong tien|thanh tien|tong thanh toan|tong so tien|phai thu|tong|khach phai tra"
    "|can thanh toan|tong tien thanh toan|tien phai tra|tong hoa don|thanh toan|tong phai thu"
    "|so tien thanh toan|tong gia tri|tong bill|khach can tra|tong thu|tong tien phai tra"
    "|so tien phai tra|tong cong tien|tong don|tong tien hang|tong da giam|tong sau giam"
    "|tong sau giam gia|thanh tien sau giam|tong gia tri don hang|tong tien sau giam|khach hang phai tra"
    "|phai thanh toan|con phai thu|tong cong thanh toan|tong don hang|tong tien phai thanh toan"
    "|tong thanh tien|cong|t.cong|tong tien phai thu|tong can thanh toan|tong so tien thanh toan"
    "|so tien can thanh toan|con phai tra|tong gia tri thanh toan|tong phai tra|can tra"
    "|tổng tiền cần thanh toán|phải trả|khách phải thanh toán|tiền thanh toán|tổng tiền (vnd)"
    "|tổng cộng (vnd)|tổng cộng tiền thanh toán|tổng tiền đã gồm vat|tổng tiền sau thuế"
    "|tổng sau chiết khấu|sau giảm giá|tổng chi phí|giá trị đơn hàng|tổng tiền mua hàng|phí gửi xe"
    "|phí gửi xe máy|giá vé|tổng phí|cước phí|tổng cước|tong tien tt|t.tiền|tổng giá trị hóa đơn"
    "|tong tien ve|tien ve",
    "gross": "tien hang|cong tien hang|tong truoc giam|tong tien truoc giam|truoc giam gia"
    "|tong truoc giam gia",
    "subtotal": "tam tinh|cong tien|truoc thue|tien truoc thue|tong truoc thue|thanh tien truoc thue"
    "|tong tien truoc thue|cong tam tinh|tong chua thue|tien chua thue|chua vat|truoc vat"
    "|tong tien chua thue|cộng|cộng tiền hàng|tiền hàng|tổng tiền hàng trước thuế|chưa thuế"
    "|tiền hàng hóa|tổng cộng trước thuế|tổng trước giảm giá|tổng tiền chưa giảm|tổng món|tiền món"
    "|tổng tiền món",
    "total_weak": "t.tien|so tien|gia tri",
    "tax": "thue|vat|thue vat|thue gtgt|tien thue|gtgt|thue suat|tien thue gtgt|tong thue|trong do vat"
    "|da gom vat|vat 8%|vat 10%|thuế gtgt 8%|thuế gtgt 10%|thuế (10%)|thuế (8%)|tiền vat|đã bao gồm vat"
    "|gồm vat|trong đó thuế",
    "discount": "giam gia|chiet khau|khuyen mai|giam|ck|voucher giam|tong giam gia|tien giam"
    "|tong chiet khau|tong giam|uu dai|ma giam gia|phieu giam gia|tien giam gia|giam tru|tong khuyen mai"
    "|giảm giá thành viên|giảm giá hóa đơn|tổng tiền giảm|ck %|voucher giảm giá|coupon|giảm voucher"
    "|đổi điểm|điểm quy đổi|dùng điểm|trừ điểm|giảm giá đơn hàng|khuyến mãi giảm",
    "savings": "tiet kiem|ban da tiet kiem|da tiet kiem|quy khach tiet kiem|quy khach da tiet kiem",
    "rounding": "lam tron",
    "service": "phi dich vu|phi giao hang|phu thu|phi phuc vu|phi ship|ship|dich vu|phi|phi van chuyen"
    "|phục vụ|phụ phí|túi|túi nilon|túi giấy|phí đóng gói|khăn lạnh phí|phí dịch vụ 5%|phí dv",
    "tip": "tien tip|tien boa",
    "received": "tien khach dua|khach dua|khach tra|da thanh toan|tien nhan|nhan|da nhan"
    "|khach thanh toan|tien khach tra|khach hang dua|da tra|thuc thu|tien nhan tu khach|nhan tu khach"
    "|da thu|tien nhan cua khach|khach da tra|số tiền nhận|tiền khách|thanh toán|khách hàng trả|tiền đưa"
    "|tổng tiền khách trả|tổng khách trả|tiền khách đưa (vnd)|tiền đã nhận|số tiền khách đưa|thực nhận"
    "|tiền thực nhận|tiền thu"
    "|thu khach",
    "change": "tien thua|tien thoi|tra lai|thoi lai|tien tra lai|tien thoi lai|tra lai khach|thua"
    "|tien thua tra khach|tien tra khach|tien thoi khach|thoi|tra khach|tien du|tien thua tra lai"
    "|con thua|thối tiền|tiền hoàn lại khách|tiền thừa (vnd)",
    "balance": "so du|con lai|so du the|so du tai khoan|so du con lai",
    "points": "diem|diem tich luy|tong diem|tich diem|diem thuong|diem hien tai|so diem|diem cong"
    "|diem con lai|diem tich",
    "count": "so luong|tong so luong|sl|so mon|tong sl|so khach|so mat hang|so nguoi|tong so mon|t.sl"
    "|tong so mat hang|so san pham|tổng sản phẩm|tổng sp|lít|số lít|số mặt",
    "per_head": "moi nguoi|/nguoi|binh quan",
    "deposit": "dat coc|tien coc|tra truoc|da coc|coc",
    "foreign": "quy doi|ty gia|tuong duong",
    "instalment": "tra gop|moi thang",
    "price": "don gia|gia|gia goc|d.gia|gia niem yet",
    "inclusive": "da gom vat|da bao gom vat|bao gom vat|gom vat|co vat|da bao gom thue|sau thue"
    "|da co vat|gom thue|bao gom thue|da vat|incl vat|da gom thue",
    "neutral": "vnd|dong|d|lien khach hang|hoa don ban hang|hoa don ban le|hoa don|lien giao khach"
    "|doi tra|chinh sach doi tra|doi tra hang|doi hang|hang mua roi|khong doi tra|doi tra trong vong"
    "|khong nhan doi tra|hoa don thanh toan|hoa don tinh tien|dvt|lien 2|vnđ|phieu thanh toan"
    "|hang da mua|đổi trả hàng trong|đổi trả trong|hàng mua rồi miễn đổi trả|miễn đổi trả"
    "|quy định đổi trả|liên 1|bản khách hàng|nhà bếp|bếp nhà|quầy bar & cafe|photocopy|in ấn|test nhanh"
    "|giấy bếp|khăn giấy bếp",
    "cash": "tien mat|tm|thanh toan tien mat|tra tien mat|tiền mặt vnd|bằng tiền mặt|cash|tt tiền mặt",
    "card": "the|the tin dung|quet the|the ngan hang|the atm|ca the|thanh toan the|tra the|the noi dia"
    "|the ghi no|the visa|cà the|thẻ mastercard|thẻ napas|napas|thanh toán bằng thẻ|tiền thẻ"
    "|trả bằng thẻ|pos|máy pos|thẻ quốc tế|credit card|thẻ jcb",
    "stored_value": "the thanh vien tra truoc|the qua tang|the tra truoc|vi thanh vien|the tich diem"
    "|thẻ thành viên|ví|ví điện tử cửa hàng|thẻ nạp|thẻ cào|tài khoản thành viên|ví tích lũy"
    "|số dư tài khoản thanh toán|thẻ nạp tiền|starbucks card",
    "voucher": "phieu mua hang|phieu qua tang|the qua|voucher|phiếu giảm giá thanh toán"
    "|coupon thanh toán|got it|urbox|evoucher|e-voucher|phiếu ăn|thẻ quà tặng giấy|sodexo|gift voucher"
    "|phiếu quà",
    "other": "chuyen khoan|momo|zalopay|vnpay|vi dien tu|vietqr|ck ngan hang|vi momo|qr code"
    "|shopeepay|vi zalopay|vnpay qr|qr|ghi no|cong no|grab|quet ma|banking|shopeefood|grabfood"
    "|vi vnpay|quet qr|chuyen khoan ngan hang|quet ma qr|viettel money|no|thanh toán momo|zalo pay"
    "|vnpayqr|vnpay-qr|ví shopeepay|viettelpay|mã qr|ck|tiền chuyển khoản|thanh toán chuyển khoản"
    "|internet banking|mobile banking|grabpay|shopee food|baemin|gojek|befood|trả sau|trả góp"
    "|bảo hiểm|bhyt|thanh toán online|đã thanh toán online|cổng thanh toán|moca|payoo|airpay|smartpay"
    "|kredivo|tính vào phòng|điểm thanh toán|da chuyen khoan"
    "|ck vietcombank",
    "method_label": "hinh thuc thanh toan|phuong thuc thanh toan|thanh toan bang|httt|pttt|ht thanh toan"
    "|hinh thuc tt|phuong thuc tt|loai thanh toan|thanh toan qua|hinh thuc",
    "number": "so hd|so hoa don|hoa don so|ma hoa don|ma don|so phieu|so bill|so ct|ma don hang|don hang"
    "|hd|so don hang|so|ma hd|so don|bill|ma giao dich|hd so|so chung tu|phieu so|ma phieu|bill so"
    "|so hoa don ban hang|order|ma bill|ma don hang so|so order|hoa don|phieu|ma gd|so giao dich"
    "|so phieu tra|ma phieu tra|no|ma so hd|so hđ|so gd|bill no|đơn hàng số|order no|mã order|chứng từ"
    "|gd|receipt no|số biên lai|biên lai|biên lai số|số vé|vé số|mã vé|mã đặt hàng|mã thanh toán|số tt"
    "|stt|số ký hiệu|hoá đơn bán hàng số|mã bán hàng"
    "|giao dich",
    "original": "hoa don goc|so hd goc|ma don goc|hd goc|hoa don mua|ma hoa don goc|so hoa don goc"
    "|tu hoa don|don goc|hoa don cu|so phieu goc|tham chieu|tra hang cho hd|tra hang cua hoa don"
    "|cho hoa don|hoa don mua hang|tra hang tu hd|tra cho hoa don|hd mua|phieu goc|ma hd goc",
    "identity": "dt|sdt|dien thoai|mst|ban|ban so|thu ngan|nhan vien|quay|may|ca|khach hang|hotline"
    "|tel|ma khach|ma kh|ma thanh vien|chi nhanh|dia chi|ma so thue|ma nv|khu vuc|nv|kh|ma cua hang"
    "|ma the|quay thu|pos|phuc vu|so ban|nv ban hang|ma nhan vien|website|wifi|pass|pass wifi"
    "|mat khau wifi|ma chuan chi|cn|cua hang|ma gd the|tang|so tham chieu|ma xac nhan|ma tra cuu"
    "|phong",
    "date": "ngay|gio|thoi gian|gio vao|gio ra|ngay gio|ngay in|ngay ban|gio in|in luc|ngay hd|gio den"
    "|gio di|ngay lap|thoi gian in|ngay ct",
    "queue": "so thu tu|so the|so goi|the so|so cho",
    "turnover": "doanh thu|doanh thu thuan|tien dau ca|tong doanh thu|tien cuoi ca|tong doanh so"
    "|doanh so|tong so hoa don|tien trong ket|doanh thu rong",
}

TITLES = {
    "refund": "tra hang|hoan tien|phieu tra hang|hoa don tra hang|hoan tra|phieu hoan tien|nhan lai hang"
    "|phieu hoan tra|tra lai hang|hang tra lai|hoan tra hang|khach tra hang|phieu nhap tra|doi tra"
    "|phiếu nhập hàng trả|phiếu đổi trả|nhận hàng trả lại|hoàn hàng|phiếu trả lại hàng"
    "|doi tra hang|phieu doi tra|bien ban doi tra",
    "void": "huy|da huy|phieu huy|huy hoa don|huy don|hoa don huy|huy bill|don huy|da huy don"
    "|huy giao dich|hoa don da huy|phieu huy mon|huy mon|don da huy|giao dich huy|giao dịch đã hủy"
    "|đơn hàng đã hủy|phiếu hủy hàng|bill hủy|đã hủy bỏ",
    "duplicate": "in lai|ban sao|in lai lan|sao y|hoa don in lai|bill in lai|ban copy|phieu in lai"
    "|in lai hoa don|hoa don (in lai)|ban sao hoa don|in lai bill|lien sao|bản in lại|copy|liên 2"
    "|in lần 2|in lần thứ 2|(in lại)|[in lại]|reprint",
    "kitchen": "bep|phieu bep|phieu che bien|bar|phieu goi mon|phieu bar|order bep|phieu order"
    "|yeu cau che bien|pha che|che bien|phieu yeu cau|bao bep|phieu pha che|in bep|goi mon|goi them"
    "|phieu bao bep|phieu lam mon|phieu bao che bien|phieu mon|phieu order bep|order|bep nong|bep lanh"
    "|quay bar|them mon|quay pha che|báo bar|order bar|phiếu gọi thêm|hủy món|phiếu hủy món|tem"
    "|tem trà sữa|tem dán ly|bếp chính|bếp nướng|ra món|phiếu ra món|báo chế biến",
    "report": "bao cao|ket ca|bao cao ngay|chot ca|bao cao doanh thu|bao cao cuoi ngay|dong ca"
    "|tong ket ca|giao ca|bao cao ban hang|phieu ket ca|bien ban ket ca|bao cao ca|phieu chot ca"
    "|doanh thu ngay|bao cao ket ca|chot ngay|tong ket ngay|ban giao ca|ket thuc ca|bao cao chot ca"
    "|tong ket|doanh thu|bao cao tong hop|tong hop ban hang|bien ban giao ca|bao cao x|bao cao z|ket so"
    "|bang ke doanh thu|dong ngay|ket so cuoi ngay|tong ket cuoi ngay|phieu giao ca|bao cao giao ca"
    "|bao cao tong ket|thong ke ban hang|chốt sổ|tổng doanh thu|báo cáo thu ngân|kiểm két|kiểm kê"
    "|phiếu bàn giao",
    "training": "dao tao|tap huan|che do dao tao|thu nghiem|luyen tap|che do thu|che do luyen tap"
    "|hoc viec|huan luyen|che do thu nghiem",
    "merchant_copy": "lien cua hang|lien don vi|lien luu|ban luu cua hang|lien noi bo|lien ban hang"
    "|ban luu|lien thu ngan|lien dvcnt",
    "voucher": "phieu qua tang|phieu giam gia|ma giam gia|voucher|coupon|phieu uu dai|phieu mua hang"
    "|the qua tang|phieu boc tham|phieu doi qua|phieu giu xe|phieu mua hang tri gia|phieu rut tham",
    "other": "phieu tam tinh|tam tinh|hoa don tam tinh|bao gia|phieu tam|nap tien|phieu dat ban"
    "|so thu tu|phieu chi|phieu thu|phieu tam tinh tien|hoa don tam|bill tam|bill tam tinh|kiem mon"
    "|phieu kiem mon|in thu|in tam|test may in|mo ket|nap the|phieu kiem do|phieu giao hang"
    "|kiem tra may in|phieu bao gia|tinh tam|phieu dat coc|phieu kiem|rut tien|phieu dat hang"
    "|phieu xuat kho|phieu ban tam tinh|hoa don tam thoi|don dat hang|mo ngan keo|phieu cho|trang in thu"
    "|phieu tam ung|bao gia ban hang|dat coc|kiem do|nhap quy|chi tien|thu chi|phieu goi so|nap tien the"
    "|mo ket tien|bill tam thoi|phieu tinh tien tam|kiem tra|provisional|phieu kiem tra|phieu nap tien"
    "|tạm thanh toán|phiếu xem trước|xem trước|bảng báo giá|dự toán|phiếu cọc|đặt bàn|phiếu nhập kho"
    "|mở ngăn kéo tiền|phiếu số thứ tự|số chờ|số thứ tự của bạn|xếp hàng|in kiểm tra|test"
    "|giao dịch thất bại|giao dịch không thành công|giao dịch bị từ chối|phiếu giữ hàng|phiếu giữ xe"
    "|đơn chờ|hóa đơn chờ|phiếu quà|phiếu gửi đồ|phiếu hẹn|phiếu bảo hành|bảo hành"
    "|phiếu yêu cầu thanh toán|yêu cầu thanh toán",
}

SAYINGS = {
    "other": "chua thanh toan|khong phai hoa don|chua phai hoa don|khong co gia tri thanh toan"
    "|phieu tam tinh|cho thanh toan|chua tt|khong phai hoa don thanh toan|vui long thanh toan tai"
    "|khong co gia tri lam hoa don|day chua phai|khong thay the hoa don|khong thay hoa don"
    "|vui long kiem tra lai truoc khi thanh toan|thanh toan tai quay|moi thanh toan tai|chua tra tien"
    "|không phải là hóa đơn|vui lòng thanh toán|vui lòng thanh toán tại quầy|không có giá trị xuất"
    "|không có giá trị như hóa đơn|phiếu này không|giá trị tạm tính|chưa bao gồm phí phục vụ"
    "|quét mã để thanh toán",
    "duplicate": "in lai lan|in lan thu|lan in 2|lan in: 2|in lan 2|so lan in: 2",
    "training": "che do dao tao|che do luyen tap",
    "refund": "tien hoan|tong tien hoan|tien hoan tra|tien tra khach hang|tong hoan tra|so tien hoan"
    "|tong tien tra|tong tra hang|tong tien hoan tra|hoan lai|so tien hoan tra|tong hoan tien"
    "|tien hoan lai|can tra khach|hoan tien khach|tong tien hang tra|gia tri tra hang|hoan tien mat"
    "|tong tien tra hang|tien tra hang|can tra lai khach",
    "void": "da bi huy|hoa don da huy",
}

PROOFS = {
    "paid": "da thanh toan|thanh toan thanh cong|da thu tien|da tra tien|giao dich thanh cong"
    "|da thanh toan du|da thu|hoan tat|da chuyen khoan|da nhan chuyen khoan|da ck",
    "fiscal": "ma cqt|ma cua cqt|ma tra cuu|hoa don dien tu|hoa don gtgt|mau so|ky hieu hd",
    "receipt": "bien lai|bien nhan|phieu thu tien|hoa don ban le|phieu thanh toan|bien lai thu tien"
    "|bill thanh toan|phieu mua hang|hoa don mua hang|bien lai ban le|bien lai ban hang|phieu ban le"
    "|phieu ban hang",
    "invoice": "hoa don|hoa don ban hang|hoa don thanh toan|hoa don tinh tien|phieu tinh tien",
    "served": "ban|so ban|so khach|phuc vu|ban so|khu vuc|phong|nguoi|nhan vien phuc vu",
    "slip": "ma chuan chi|so the|ma don vi|so lo|lien khach hang|chu the",
    "approved": "ma chuan chi|chuan chi",
}
