/** The size of an identity card in millimetres (ISO/IEC 7810, ID-1), and how many of them stand on a sheet of A4. */
const size = { width: 85.6, height: 54, columns: 2, rows: 4, gap: 6 };

/**
 * Cards as a program of Typst: one alone is a page of its own size, several stand on sheets of A4 with lines along which they are
 * cut. What a card says comes in as JSON and is set as text, and its picture as the bytes of a drawn copy.
 */
export const cardTemplate = `
#let data = json(bytes(sys.inputs.data))
#let faces = data.faces
#let cards = data.cards
#let alone = cards.len() == 1
#let (wide, high) = (${size.width}mm, ${size.height}mm)

#set document(
  title: data.title, author: data.author,
  date: datetime(year: data.day.at(0), month: data.day.at(1), day: data.day.at(2)))
#set text(font: faces.song.families, size: 8pt, fallback: false, lang: "zh", region: "cn", hyphenate: false)
#set par(leading: 0.45em, spacing: 0.45em, justify: false)

#let line-of(name, value) = (
  text(fill: luma(35%), name),
  block(width: 100%, height: if value.clusters().len() > 16 { 7.2mm } else { 4mm }, clip: true,
    text(size: if value.clusters().len() > 32 { 6pt } else { 8pt }, value)),
)

#let card(it) = box(width: wide, height: high, clip: true, stroke: if alone { none } else { 0.3pt + luma(60%) }, {
  place(top, rect(width: 100%, height: 11mm, fill: rgb("#8c1d18"), stroke: none))
  place(top + center, dy: 3.1mm, text(font: faces.hei.families, size: 14pt, fill: white, tracking: 0.4em, "督学证"))
  place(top + left, dx: 5mm, dy: 14.5mm, box(width: 25mm, height: 25mm, clip: true, stroke: 0.3pt + luma(60%),
    if it.photograph == none {
      align(center + horizon, text(fill: luma(45%), "照片"))
    } else {
      image(bytes(it.photograph), format: "webp", width: 25mm, height: 25mm, fit: "cover", alt: it.name + "的照片")
    }))
  place(top + left, dx: 34mm, dy: 14.5mm, block(width: 47mm, {
    text(font: faces.hei.families, size: 13pt, it.name)
    v(1.5mm)
    grid(columns: (9mm, 1fr), row-gutter: 0.9mm,
      ..line-of("类别", it.kind), ..line-of("证号", it.number), ..line-of("单位", it.employer),
      ..line-of("任期", it.term))
  }))
  place(bottom + left, dx: 5mm, dy: -3.6mm, block(width: wide - 10mm, {
    grid(columns: (auto, 1fr), align: (left, right), text(fill: luma(35%), "聘任单位"), it.issuer)
  }))
})

#if alone {
  set page(width: wide, height: high, margin: 0mm)
  card(cards.first())
} else {
  set page(paper: "a4", margin: (x: (210mm - ${size.columns} * wide - ${size.gap}mm) / 2, y: (297mm - ${size.rows} * high - ${(size.rows - 1) * size.gap}mm) / 2))
  for sheet in cards.chunks(${size.columns * size.rows}) {
    grid(columns: (wide,) * ${size.columns}, gutter: ${size.gap}mm, ..sheet.map(card))
    if sheet != cards.chunks(${size.columns * size.rows}).last() { pagebreak() }
  }
}
`;
