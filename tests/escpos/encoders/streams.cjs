// Receipts by three encoders that others wrote, as JSON on stdout: {name: {dialect, hex}}.
// Run with NODE_PATH at the folder that they were installed in.
const receiptline = require('receiptline');
const receiptPrinterEncoder = require('@point-of-sale/receipt-printer-encoder');
const { ThermalPrinter, PrinterTypes, CharacterSet } = require('node-thermal-printer');

const ReceiptPrinterEncoder = receiptPrinterEncoder.default || receiptPrinterEncoder;
const streams = {};
const keep = (name, dialect, bytes) => { streams[name] = { dialect, hex: Buffer.from(bytes).toString('hex') }; };

// ---- receiptline: one document, every command set it knows

const document = `^^^Corner Shop
Tel 555 0100 | No. 0042
{width:* 8 10; border:space}
Red apples | 2 | 11.80
Coffee, ground | 1 | 4.50
-
_TOTAL_ | ^16.30
\`Thank you\`
{code:https://example.com/r/42; option:qrcode,6,m}
{code:4901234567894; option:ean,3,72,hri}
{code:ABC-123; option:code39,2,60}
{code:12345; option:code128,2,40}
{align:right; border:line; width:20}
Member | 7
{border:none}
=`;
const chinese = document.replace('Corner Shop', '万家福超市').replace('Red apples', '散装鸡蛋').replace('TOTAL', '合计');
const sets = [
  'escpos', 'epson', 'sii', 'citizen', 'fit', 'impact', 'impactb', 'generic',
  'starsbcs', 'starmbcs', 'starmbcs2', 'starlinesbcs', 'starlinembcs', 'emustarlinesbcs', 'stargraphic',
];
for (const command of sets) {
  for (const [language, text, encoding] of [['en', document, 'multilingual'], ['zh', chinese, 'gb18030']]) {
    for (const options of [{ cutting: true }, { upsideDown: true }, { spacing: true, marginLeft: 2 }]) {
      try {
        const printer = { cpl: 42, encoding, command, ...options };
        const stream = Buffer.from(receiptline.transform(text, printer), 'latin1');
        const dialect = command.includes('star') ? 'star' : 'escpos';
        if (stream.length) keep(`receiptline ${command} ${language} ${Object.keys(options)[0]}`, dialect, stream);
      } catch (error) { /* a command set that this release does not have */ }
    }
  }
}

// ---- receipt-printer-encoder: languages and every element

const image = { width: 16, height: 16, data: new Uint8ClampedArray(16 * 16 * 4).map((_, i) => (i * 37) & 255) };
const languages = { 'esc-pos': 'escpos', 'star-prnt': 'star', 'star-line': 'star' };
const elements = {
  text: (e) => e.bold(true).text('TOTAL').bold(false).underline(true).text('16.30').underline(false).newline(),
  size: (e) => e.width(2).height(2).line('Big').width(1).height(1).invert(true).line('Inverse').invert(false),
  align: (e) => e.align('center').line('centre').align('right').line('right').align('left'),
  codepage: (e) => e.codepage('auto').line('Ünïcode ΣΥΝΟΛΟ ИТОГО'),
  font: (e) => e.font('B').line('small').font('A').line('large'),
  table: (e) => e.table([{ width: 20 }, { width: 10, align: 'right' }], [['Apples', '2.00'], ['Coffee', '4.50']]),
  rule: (e) => e.rule({ style: 'double' }).rule(),
  box: (e) => e.box({ width: 20, style: 'double' }, 'boxed'),
  barcode: (e) => e.barcode('4901234567894', 'ean13', { height: 60, text: true }),
  code128: (e) => e.barcode('ABC123', 'code128', 60),
  qrcode: (e) => e.qrcode('https://example.com/r/42', { model: 2, size: 6, errorlevel: 'm' }),
  pdf417: (e) => e.pdf417('https://example.com/r/42'),
  pulse: (e) => e.pulse(),
  cut: (e) => e.line('end').cut('full').line('next').cut('partial'),
  column: (e) => e.image(image, 16, 16, 'threshold', 128),
};
for (const [language, dialect] of Object.entries(languages)) {
  for (const imageMode of ['column', 'raster']) {
    for (const [element, build] of Object.entries(elements)) {
      try {
        const encoder = new ReceiptPrinterEncoder({ language, columns: 42, imageMode, errors: 'relaxed' });
        keep(`receipt-printer-encoder ${language} ${imageMode} ${element}`, dialect, build(encoder.initialize()).encode());
      } catch (error) { /* an element that this language does not have */ }
    }
  }
}

// ---- node-thermal-printer: every make it knows

// (BROTHER is left out: P-touch templates are another language.)

const makes = { EPSON: 'escpos', TANCA: 'escpos', DARUMA: 'daruma', CUSTOM: 'escpos', STAR: 'star' };
const receipt = [
  (p) => { p.alignCenter(); p.bold(true); p.setTextSize(1, 1); p.println('Corner Shop'); },
  (p) => { p.setTextNormal(); p.alignLeft(); p.leftRight('Apples', '2.00'); p.underline(true); p.println('x'); },
  (p) => { p.drawLine(); p.invert(true); p.println('TOTAL 16.30'); p.invert(false); },
  (p) => { p.upsideDown(true); p.println('upside down'); p.upsideDown(false); p.setTypeFontB(); p.println('b'); },
  (p) => { p.printQR('https://example.com/r/42', { cellSize: 6, correction: 'M', model: 2 }); },
  (p) => { p.code128('ABC123', { height: 60 }); },
  (p) => { p.printBarcode('4901234567894', 67, {}); },
  (p) => { p.pdf417('https://example.com', {}); },
  (p) => { p.maxiCode('example', {}); },
  (p) => { p.setCharacterSet(CharacterSet.PC852_LATIN2); p.println('Děkujeme'); },
  (p) => { p.beep(); },
  (p) => { p.cut(); },
  (p) => { p.partialCut(); },
];
const drawer = [(p) => { p.openCashDrawer(); }];
const parts = (make, builders) => Buffer.concat(builders.map((build) => {
  try {
    const printer = new ThermalPrinter({ type: PrinterTypes[make], interface: 'tcp://127.0.0.1:1' });
    build(printer);
    return Buffer.from(printer.getBuffer() || []);
  } catch (error) { return Buffer.alloc(0); /* a part that this make does not have */ }
}));
for (const [make, dialect] of Object.entries(makes)) {
  keep(`node-thermal-printer ${make}`, dialect, parts(make, receipt));
  keep(`node-thermal-printer ${make} drawer`, dialect, parts(make, drawer));
}

process.stdout.write(JSON.stringify(streams));
