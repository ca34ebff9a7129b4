"""Indonesian and Malay."""

from __future__ import annotations

LABELS = {
    "total": "total|total bayar|total belanja|grand total|jumlah|jumlah bayar|total tagihan|total harga"
    "|total pembayaran|jumlah total|total akhir|tagihan|harus dibayar|yang harus dibayar|total transaksi"
    "|total pembelian|jumlah besar|jumlah perlu dibayar|jumlah keseluruhan|total yang harus dibayar"
    "|jumlah perlu bayar|total netto|total nett|total penjualan|total setelah diskon|total biaya"
    "|total keseluruhan|jumlah tagihan|total rp|total dibayar|total harus bayar|jumlah bersih"
    "|jumlah pembayaran|jml total|jml bayar|total yg dibayar|jumlah akhir|total semua"
    "|amaun perlu dibayar|total yg harus dibayar|biaya parkir|parkir|tarif|tarif parkir|total tarif"
    "|total idr|total (rp)|total net|total harus dibayar|jumlah yang harus dibayar|jumlah harus dibayar"
    "|perlu dibayar|jumlah belanja|nilai transaksi|nilai total|total setelah pajak|setelah diskon"
    "|total termasuk pajak|total inc pajak|total + pajak|grand total rp|g. total|harga jual"
    "|total item harga|total order|total pesanan|jumlah rm|jumlah (rm)|jumlah kasar|jumlah harga|amaun"
    "|bayaran|jumlah bayaran|total bil|jumlah bil|harga total|total net rp|ttl|subtotal setelah diskon"
    "|harga jadi|total jadi|harga akhir",
    "gross": "total sebelum diskon|harga jual|total kotor|jumlah kasar|total harga barang|total produk"
    "|harga normal total|sebelum diskon",
    "subtotal": "subtotal|sub total|sub-total|dpp|jumlah kecil|total sebelum pajak|sebelum pajak"
    "|sub jumlah|jml|jumlah sebelum cukai|nilai sebelum pajak|subjumlah|sebelum ppn|total sebelum ppn",
    "tax": "pajak|ppn|pb1|cukai|pajak restoran|sst|ppn 11%|pajak resto|pb 1|pajak pb1|pbjt|pajak daerah"
    "|pajak 10%|cukai perkhidmatan|pjk|tax pb1|total pajak|jumlah cukai|ppn termasuk|termasuk ppn"
    "|ppn 10%|ppn 12%|pb1 10%|tax|tax 10%|dpp|pajak hotel|pbjt 10%|sst 6%|cukai jualan|gst|gst 6%"
    "|service tax|cukai 6%|sudah termasuk ppn|harga termasuk ppn|inc ppn|ppn dibebaskan",
    "discount": "diskon|potongan|disc|promo|hemat diskon|diskaun|potongan harga|total diskon"
    "|diskon member|voucher diskon|kupon|disc.|total disc|diskon total|total potongan|potongan member"
    "|tebus murah|discount|diskon item|diskon promo|diskon voucher|potongan voucher|hemat promo|cashback"
    "|pot. harga|pot|potongan diskaun|diskaun ahli|jumlah diskaun|rebat|tebus poin|tukar poin"
    "|diskon karyawan|disc member|disc %|diskon %|diskon (10%)|hadiah",
    "savings": "hemat|anda hemat|jimat|anda jimat|total hemat|kamu hemat|anda menghemat|penjimatan|menghemat",
    "rounding": "pembulatan|penggenapan|pelarasan|bulat|pelarasan penggenapan|pembulatan rp|pembundaran"
    "|pelarasan pembundaran|pelarasan bil|pembulatan total|bulatan|pembulatan harga|rounding|genapan",
    "service": "biaya layanan|ongkir|biaya kirim|service charge|layanan|servis|ongkos kirim"
    "|biaya pengiriman|kantong plastik|biaya kemasan|caj perkhidmatan|biaya admin|take away|biaya"
    "|kemasan|biaya service|service|biaya servis|jasa layanan|biaya bungkus|takeaway charge|biaya antar"
    "|admin|biaya administrasi|kantong|tas belanja|plastik|caj servis|caj|caj penghantaran|bungkus"
    "|biaya platform|biaya jasa",
    "tip": "tips|tip",
    "received": "dibayar|bayar|diterima|uang diterima|tunai diterima|pembayaran|jumlah dibayar"
    "|uang tunai|uang|dibayarkan|jumlah diterima|total terima|uang bayar|uang pelanggan|terima"
    "|amaun diterima|tunai dibayar|diterima dari|bayaran diterima|uang muka dibayar|total dibayar"
    "|total diterima|uang tunai diterima|diserahkan|dibayar tunai|jumlah uang|uang cash|bayar rp"
    "|terbayar|sudah dibayar|lunas|telah dibayar|jumlah terima|wang diterima|wang tunai",
    "change": "kembali|kembalian|baki|uang kembali|kembalian tunai|baki tunai|uang kembalian|kembali rp"
    "|jumlah kembali|baki wang|kembalian rp|sisa kembali|wang baki|baki rm|duit baki|susuk|kmbl"
    "|kembali tunai|sisa uang",
    "balance": "saldo|sisa saldo|saldo kartu|baki kad|saldo akhir|saldo awal|baki akaun|sisa saldo kartu"
    "|saldo member",
    "points": "poin|point|total poin|poin didapat|mata ganjaran|poin anda|poin diperoleh|jumlah poin"
    "|poin member|saldo poin|sisa poin|stempel|mata terkumpul|poin belanja|mata|perolehan poin"
    "|poin sebelumnya|poin saat ini|stamp|baki mata|jumlah mata|star|stars",
    "count": "item|jumlah item|total item|qty|jumlah barang|total qty|pcs|jml item|pax|bilangan"
    "|jumlah produk|banyaknya|total barang|jumlah qty|jml barang|total pcs|tamu|jumlah tamu|jml tamu"
    "|bil item|bilangan item|total produk item|jumlah unit|kuantiti|jumlah kuantiti|qty total|jml|banyak"
    "|kuantitas|orang|jumlah orang|liter|jumlah liter|volume|total produk",
    "per_head": "per orang|/orang|seorang",
    "deposit": "uang muka|dp|deposit|panjar",
    "foreign": "setara|kurs|kadar tukaran",
    "instalment": "cicilan|angsuran|ansuran",
    "price": "harga|harga satuan|harga normal|harga asal|@",
    "inclusive": "termasuk ppn|termasuk pajak|incl ppn|inkl|sudah termasuk pajak|sudah termasuk ppn"
    "|termasuk cukai|inc ppn|incl. ppn|incl pajak|harga termasuk|include ppn|ppn incl",
    "neutral": "rp|idr|rm|salinan pelanggan|lembar pelanggan|barang yang sudah dibeli|retur maksimal"
    "|penukaran|untuk pengembalian|barang tidak dapat|penukaran barang|retur barang maksimal"
    "|pengembalian barang|tidak dapat ditukar|copy pelanggan|struk pelanggan|pengembalian maksimal|myr"
    "|barang yang telah dibeli|syarat retur|di|barang yang sudah dibeli tidak dapat dikembalikan"
    "|tidak dapat dikembalikan|tidak dapat ditukar/dikembalikan|tidak dapat dikembalikan/ditukar"
    "|barang tidak dapat dikembalikan|penukaran & pengembalian|penukaran dan pengembalian"
    "|pengembalian barang maksimal|retur dalam|tukar barang dalam|syarat pengembalian"
    "|kebijakan pengembalian|salinan customer|copy customer|untuk pelanggan|arsip pelanggan|dapur ibu"
    "|dapur bunda|dapur mama|tisu dapur|peralatan dapur|fotokopi|foto copy|fotocopy|kopi susu|kopi hitam"
    "|es kopi|kopi tubruk|kopi kenangan|kedai kopi|warung kopi|kopi ais|kopi o|tes kehamilan|tes covid"
    "|wang pulangan|barang dijual tidak dikembalikan|tiada pemulangan|tiada bayaran balik",
    "cash": "tunai|cash|bayar tunai|pembayaran tunai|kas|uang cash|tunai rp|kontan|uang tunai|tunai (rp)"
    "|tunai idr|tunai rm|bayaran tunai|pembayaran: tunai|bayar cash",
    "card": "kartu|kartu kredit|kartu debit|debit|kredit|kad|kad kredit|kad debit|edc|debit bca"
    "|kartu bank|debit mandiri|kredit bca|bca debit|kad bank|edc bca|debit bni|debit bri|debit card"
    "|kartu debet|debet|kartu debit bca|kartu kredit bca|bca|mandiri|bni|bri|bca card|edc mandiri"
    "|edc bri|edc bni|gpn|atm|kartu atm|non tunai|nontunai|non-tunai|visa|mastercard|bayar kartu"
    "|dengan kartu|cimb|danamon|permata|maybank",
    "stored_value": "flazz|emoney|e-money|kartu hadiah|brizzi|touch n go|kartu member|tapcash"
    "|mandiri e-money|kad hadiah|kartu prabayar|saldo member dipakai|e-toll|gift card|e money|flazz bca"
    "|kartu e-money|jakcard|saldo member|member card|deposit member|saldo|dompet|starbucks card"
    "|touch n go card|kad ahli",
    "voucher": "voucher|voucher belanja|kupon makan|baucar|voucher fisik|baucer|voucher makan|vcr",
    "other": "qris|gopay|ovo|dana|shopeepay|transfer|linkaja|hutang|piutang|transfer bank|grabfood"
    "|gofood|duitnow|boost|tng|ewallet|e-wallet|kasbon|transfer bca|bon|pindahan|duitnow qr"
    "|pindahan bank|shopeefood|tempo|qris bca|qr|spaylater|kredivo|tng ewallet|grabpay|akulaku|go-pay"
    "|shopee pay|link aja|sakuku|isaku|i.saku|jenius|jenius pay|blu|bca mobile|trf|transfer mandiri"
    "|kredit toko|paylater|gopay later|go food|grab food|shopee food|grab|pembayaran online|bayar online"
    "|asuransi|bpjs|voucher gofood|cek|giro|dompet digital|e-dompet|touch n go|touch n go ewallet|mae"
    "|fpx|merchantrade|setel|bigpay|charge room|room charge|masuk kamar|dibayar online",
    "method_label": "metode pembayaran|cara bayar|pembayaran|jenis pembayaran|kaedah bayaran"
    "|tipe pembayaran|metode bayar|dibayar dengan|cara pembayaran|jenis bayar|metode|kaedah pembayaran"
    "|tipe bayar|bayar dengan|pembayaran via|media bayar|cara bayaran|bayaran",
    "number": "no|no struk|no nota|no bon|no transaksi|nota|struk|no. struk|no. nota|kode transaksi"
    "|invoice|no resit|no order|no faktur|order|id transaksi|resit|no. transaksi|nomor|no. faktur"
    "|no bill|nomor struk|no. bill|no pesanan|nomor pesanan|no. pesanan|nomor nota|faktur|no. resit"
    "|no. order|no invoice|no. invoice|trx|no trx|nomor transaksi|kode struk|nomor invoice|no. trx|bill"
    "|no penjualan|no. bon|bill no|kode nota|no retur|no. retur|id struk|nombor resit|trx id"
    "|kode pesanan|no. penjualan|no invois|no. invois|invois|kode order|no kuitansi|no. kuitansi"
    "|id pesanan|no pembayaran|struk no|nota no|id order|no ref|#|bon|nomor faktur|nomor order|inv"
    "|nomor bill|no kwitansi|kwitansi|no. kwitansi|no tiket|tiket|no. tiket|no karcis|karcis"
    "|kode penjualan|no. dok|no dokumen|no. bukti|no bukti|bukti|resit no|no bil|no. bil|bil no|bil"
    "|no rujukan resit|kuitansi|no ref struk|no.|nota penjualan|slip|no slip|no. slip",
    "original": "struk asal|no asal|transaksi asal|nota asal|ref struk|no struk asal|struk asli"
    "|no. struk asal|resit asal|no transaksi asal|referensi|ref nota|no nota asal|no. asal|ref. struk"
    "|retur dari|struk awal|no. ref|transaksi awal|retur dari struk|dari struk|ref transaksi"
    "|invoice asal|no struk awal|struk pembelian|dari nota|no resit asal|ref|nota awal|no. nota asal"
    "|retur nota|no. transaksi asal|retur struk",
    "identity": "telp|tel|npwp|kasir|meja|cabang|pelanggan|juruwang|member|terminal|no meja|server"
    "|pelayan|hp|kode approval|wa|no member|kassa|shift|toko|id kasir|pos|alamat|telepon|no hp"
    "|no telp|no. meja|customer|waiter|id terminal|no kartu|sst id|no sst|no. kartu|op|apprv|approval"
    "|ssm|kaunter|kode toko|nama|gst id|operator|trace|meja no|kode kasir|ig|cs|kode member|outlet"
    "|no.meja|ref no|id merchant|mid|tid|wifi|password|sales|whatsapp|kad ahli",
    "date": "tanggal|tgl|waktu|jam|tarikh|masa|tgl/jam|tanggal/jam|tgl cetak|dicetak|tgl transaksi"
    "|tanggal transaksi|tgl.|jam cetak|check in|waktu cetak|pada",
    "queue": "no antrian|nomor antrian|no. antrian|antrian|nomor giliran|no giliran|nombor giliran",
    "turnover": "setoran|total struk|penjualan bersih|penjualan kotor|modal awal|penjualan tunai"
    "|jumlah transaksi|kas akhir|jualan bersih|jumlah jualan",
}

TITLES = {
    "refund": "retur|pengembalian|refund|retur barang|bayaran balik|pengembalian dana|nota retur"
    "|struk retur|pengembalian uang|retur penjualan|pemulangan|nota kredit|pulangan|resit bayaran balik"
    "|retur pembelian|bukti retur|pengembalian barang struk|struk refund|struk pengembalian|retur jual"
    "|bukti refund|nota refund|refund transaksi|pengembalian barang|pulangan barang|resit pulangan"
    "|retur barang dagangan|tukar barang|refund sebagian",
    "void": "batal|void|dibatalkan|transaksi batal|pembatalan|dibatal|transaksi dibatalkan|nota batal"
    "|pesanan dibatalkan|struk batal|batal transaksi|struk void|pembatalan transaksi|order batal"
    "|transaksi void|void bill|bill void|void transaksi|bill dibatalkan|struk dibatalkan|nota dibatalkan"
    "|pembatalan order|pembatalan pesanan|order dibatalkan|batal order|cancel|cancelled|cancel order"
    "|dibatalkan oleh|resit dibatalkan|batal jualan|pembatalan bill|hapus transaksi",
    "duplicate": "salinan|cetak ulang|copy|duplikat|reprint|salinan struk|cetakan ulang"
    "|salinan nota|salinan resit|cetak semula|struk ulang|copy struk|struk salinan|cetak ulang struk"
    "|struk copy|copy nota|duplikat struk|struk reprint|reprint struk|reprint bill|bill reprint"
    "|copy bill|bill copy|cetak ulang nota|cetak ulang bill|nota copy|nota salinan|resit salinan"
    "|salinan bil|cetak kedua|cetak ke-2|cetakan ke-2|copy ke 2|copy customer reprint|struk duplikat",
    "kitchen": "dapur|order dapur|pesanan dapur|bar|kitchen|pesanan|tiket dapur|tiket order|nota dapur"
    "|order bar|pesanan bar|minuman|salinan dapur|struk dapur|pesanan baru|dapur panas|order tambahan"
    "|checker|checker dapur|order kitchen|kitchen order|kot|barista|order minuman|order makanan|makanan"
    "|pesanan makanan|pesanan minuman|tiket pesanan|tambah pesanan|tambahan|tambah order"
    "|pesanan tambahan|dapur 1|dapur 2|dapur utama|bar & minuman|checker minuman|checker makanan"
    "|menu dapur|pesanan baru dapur|batal menu|cancel menu|grill|goreng|bakaran|station|panggang"
    "|slip dapur|slip order|order slip",
    "report": "laporan|tutup shift|tutup kasir|laporan harian|rekap|laporan penjualan|laporan x"
    "|laporan z|tutup buku|rekap penjualan|laporan shift|laporan tutup kasir|laporan kasir|rekap kasir"
    "|rekap harian|penutupan kasir|ringkasan penjualan|closing|tutup hari|laporan tutup shift"
    "|laporan jualan|ringkasan jualan|tutup syif|laporan syif|serah terima shift|laporan akhir hari"
    "|rekap shift|ringkasan harian|laporan closing|setoran kasir|penutupan shift|rekapitulasi"
    "|tutup harian|setoran|rekap transaksi|penutupan harian|laporan keuangan|laporan transaksi|report"
    "|laporan penjualan harian|laporan kas|laporan akhir shift|laporan akhir|laporan tutup"
    "|laporan tutup hari|laporan pergantian shift|rekap akhir|rekap harian kasir|rekap closing|tutup kas"
    "|tutup toko|closing shift|closing kasir|closing harian|closing report|end shift|akhir shift"
    "|ganti shift|pergantian shift|buka shift|buka kasir|z report|x report|ringkasan|ringkasan shift"
    "|ringkasan transaksi|summary|sales summary|penjualan harian|penjualan hari ini"
    "|total penjualan hari ini|omzet|omset|omzet harian|hitung kas|settlement|settlement edc"
    "|laporan settlement|tutup kaunter|laporan tutup kaunter|penutup hari|laporan harian jualan"
    "|kutipan harian|jualan harian",
    "training": "latihan|mode latihan|pelatihan|uji coba|training|mode pelatihan|mod latihan|simulasi"
    "|mode training|mode uji coba|mode demo",
    "merchant_copy": "salinan pedagang|lembar merchant|salinan toko|arsip toko|copy merchant"
    "|salinan peniaga|lembar toko|copy toko|untuk merchant|salinan merchant|arsip merchant"
    "|struk merchant",
    "voucher": "voucher|kupon|baucar|voucher belanja|kupon undian|kupon diskon|voucher diskon"
    "|baucar hadiah|voucher hadiah|kupon potongan|voucher potongan|kupon hadiah|voucher gratis"
    "|karcis parkir",
    "other": "pra nota|tagihan sementara|bill sementara|penawaran|kas masuk|kas keluar|isi ulang|top up"
    "|nomor antrian|belum lunas|nota sementara|pre bill|prebill|struk sementara|guest bill|tes cetak"
    "|tes printer|uji cetak|sebut harga|bil sementara|buka laci|nomor giliran|antrian|no. antrian"
    "|kas kecil|pengeluaran|struk hadiah|surat jalan|reservasi|draft|proforma|pesanan sementara"
    "|tutup meja|cek bill|bill preview|uji printer|modal awal|halaman uji|isi saldo|struk top up"
    "|wang masuk|wang keluar|draft bill|faktur proforma|tes|buka laci kasir|pengeluaran kas|setoran awal"
    "|struk isi ulang|daftar pesanan|estimasi|simpan bill|bil awal|titipan|nota pesanan|open bill"
    "|bukti pesanan|nombor giliran|bill belum dibayar|hold bill|struk belum lunas|nota belum lunas"
    "|preview|preview bill|preview struk|pra-bill|pra bill|pra bayar|pre-bill|tagihan|tagihan meja"
    "|total tagihan sementara|cek tagihan|cetak tagihan|cetak bill|print bill|check bill|rincian pesanan"
    "|rincian order|rincian tagihan|konfirmasi pesanan|konfirmasi order|draf|draft order|draft pesanan"
    "|order tersimpan|penawaran harga|surat penawaran|quotation|estimasi biaya|pre order|pre-order"
    "|purchase order|uang muka|dp|tanda terima|tanda terima dp|bukti dp|struk dp|kas awal|setor kas"
    "|ambil kas|kas kecil keluar|biaya operasional|buka cash drawer|cash drawer|laci kasir|laci uang"
    "|tarik tunai|setor tunai|topup|top-up|isi pulsa|pulsa|token listrik|cek saldo|info saldo"
    "|saldo kartu|struk saldo|isi ulang kartu|antrian no|nomor antrean|no antrian|no antrean|antrean"
    "|nombor anda|giliran|giliran anda|nombor|tes print|test print|print test|halaman tes|tes koneksi"
    "|transaksi gagal|transaksi ditolak|gagal|ditolak|pembayaran gagal|tanda terima barang"
    "|bukti pengambilan|pengambilan barang|bukti pengiriman|bukti setoran|struk kado|nota titip"
    "|bon sementara|resit hadiah|resit sementara|sebutharga|deposit|bil belum bayar|reservasi meja",
}

SAYINGS = {
    "other": "belum dibayar|belum lunas|bukan struk pembayaran|bukan bukti pembayaran|belum bayar"
    "|bukan bukti pembayaran yang sah|silakan bayar di kasir|silahkan bayar di kasir|bayar di kasir"
    "|belum dibayarkan|bukan struk|bukan resit|harap bayar|bukan nota pembayaran|menunggu pembayaran"
    "|silakan lakukan pembayaran|bukan bukti|bayar di kaunter|sila bayar|silahkan lakukan pembayaran"
    "|transaksi gagal|transaksi ditolak|belum terbayar|silakan bayar|silahkan bayar|harap bayar di kasir"
    "|mohon bayar|mohon lakukan pembayaran|pembayaran belum|tidak sah sebagai|bukan alat bukti"
    "|tagihan belum|belum termasuk pembayaran|sila bayar di kaunter|sila buat bayaran|bukan resit rasmi",
    "training": "mode latihan|mode pelatihan|mode training|mod latihan",
    "refund": "total retur|jumlah retur|total refund|jumlah pengembalian|uang dikembalikan"
    "|total pengembalian|jumlah refund|dana dikembalikan|nilai retur|refund tunai"
    "|jumlah bayaran balik|retur tunai|total dikembalikan|pengembalian tunai",
    "duplicate": "cetak ulang|salinan ke|cetakan ke|cetak ke",
    "void": "transaksi dibatalkan|telah dibatalkan|pesanan dibatalkan",
}

PROOFS = {
    "paid": "lunas|paid|sudah dibayar|telah dibayar|dibayar|pembayaran berhasil|transaksi berhasil"
    "|pembayaran sukses|transaksi sukses|sudah lunas|terbayar|telah dijelaskan|bayaran diterima"
    "|bayaran berjaya",
    "receipt": "struk|struk pembayaran|struk belanja|bukti pembayaran|resit|resit rasmi|kwitansi|nota tunai"
    "|struk penjualan|nota penjualan|no struk|no. struk|bukti bayar|resit jualan|no resit"
    "|bukti pembelian|struk parkir|tanda terima|karcis parkir",
    "invoice": "nota|faktur|invois|invoice|faktur penjualan|invois cukai",
    "served": "meja|no meja|pelayan|pax|tamu|jumlah tamu|waiter|kamar|bilik",
    "slip": "kode approval|approval code|salinan pelanggan|pemegang kartu|no batch|trace no",
    "approved": "kode approval|approval code|appr code|kode otorisasi",
}
