import { svgOf } from '#domain/plot/drawing.ts';
import { type Report, reportPage } from '#domain/report/report.ts';
import { reportSizes, usualColumns, wholeParagraph, wholeRows } from './report-measures.ts';

/** A report as the template reads it: drawings as SVG with their labels beside, which are set in the fonts of the page. */
export function typesetReport(report: Report): object {
  return {
    ...report,
    page: reportPage,
    size: reportSizes,
    parts: report.parts.map(({ landscape, blocks }) => ({
      landscape,
      blocks: blocks.map((block) => {
        if (block.kind === 'table') {
          const isWide = block.columns.length > usualColumns;
          const size = isWide ? reportSizes.wideTable : reportSizes.table;
          return { ...block, size, whole: block.rows.length <= wholeRows };
        }
        if (block.kind === 'paragraph') return { ...block, whole: block.text.length <= wholeParagraph };
        if (block.kind !== 'figure') return block;
        const { width, height, marks } = block.drawing;
        const labels = marks.flatMap((mark) => (mark.kind === 'label' ? [{ strong: false, ...mark }] : []));
        return { ...block, drawing: { width, height, labels, svg: svgOf(block.drawing) } };
      }),
    })),
  };
}

/**
 * The pages of a report as a program of Typst. It is the same for every report: what it says comes in as JSON and is set as
 * text, so no sign of it is read as markup, and nothing here reads a file or a package.
 */
export const reportTemplate = `
#let data = json(bytes(sys.inputs.data))
#let report = data.report
#let size = report.size
#let faces = data.faces
#let points(number) = number * 1pt
#let millimetres(number) = number * 1mm
#let song = faces.song.families
#let hei = faces.hei.families

#set document(
  title: report.title, author: report.author,
  date: datetime(year: data.day.at(0), month: data.day.at(1), day: data.day.at(2)))
#set text(font: song, size: points(size.body), fallback: false, lang: "zh", region: "cn", hyphenate: false,
  overhang: false)
#set par(leading: 0.75em, spacing: 0.95em, justify: true, first-line-indent: (amount: 2em, all: true))
#set page(
  width: millimetres(report.page.width), height: millimetres(report.page.height),
  margin: (x: millimetres(report.page.side), y: millimetres(report.page.end)),
  footer: context {
    set text(size: points(size.foot), fill: luma(90))
    set par(first-line-indent: 0pt, justify: false)
    let (number, last) = (counter(page).get().first(), counter(page).final().first())
    grid(columns: (1fr, auto), column-gutter: 1em,
      report.foot, [第 #number 页　共 #last 页])
  },
)

#let caption(it) = text(font: hei, size: points(size.caption), it)

#let set-table(it) = {
  block(sticky: true, width: 100%, above: 1.2em, below: 0.6em, {
    set par(first-line-indent: 0pt)
    align(center, caption(it.caption))
  })
  set par(first-line-indent: 0pt, justify: false, leading: 0.35em)
  set text(size: points(it.size))
  // A row stands on one page.
  set table.cell(breakable: false)
  block(breakable: not it.whole, width: 100%, table(
    columns: it.columns.map(column => column.share * 1fr),
    align: (at, row) => if row == 0 { center + horizon } else {
      (left: left, center: center, right: right).at(it.columns.at(at).align) + horizon
    },
    inset: (x: 2.5pt, y: 3.5pt),
    stroke: 0.4pt + luma(90),
    fill: (at, row) => if row == 0 { luma(236) },
    table.header(..it.columns.map(column => text(font: hei, column.heading))),
    ..it.rows.flatten(),
  ))
  if it.notes.len() > 0 {
    set text(size: points(size.note))
    block(above: 0.5em, below: 1.2em, it.notes.join(linebreak()))
  }
}

#let set-figure(it) = block(breakable: false, width: 100%, above: 1.2em, below: 1.2em, {
  set par(first-line-indent: 0pt, justify: false)
  align(center, caption(it.caption))
  v(0.4em, weak: true)
  let drawn = it.drawing
  align(center, box(width: points(drawn.width), height: points(drawn.height), {
    place(top + left, image(bytes(drawn.svg), format: "svg", width: points(drawn.width), alt: it.description))
    for label in drawn.labels {
      let (x, y) = label.at
      let set-label = text(
        font: if label.strong { hei } else { song }, size: points(label.size), top-edge: "ascender", bottom-edge: "descender", label.text)
      context {
        let own = measure(set-label)
        let shift = (left: 0pt, center: own.width / 2, right: own.width).at(label.align)
        place(top + left, dx: points(x) - shift, dy: points(y) - own.height / 2, set-label)
      }
    }
  }))
})

#let set-block(it) = {
  if it.kind == "heading" {
    let at = it.level - 1
    block(sticky: true, width: 100%, above: (1.5em, 1.2em).at(at), below: 0.9em, {
      set par(first-line-indent: 0pt)
      heading(level: it.level, outlined: true, text(font: hei, weight: "regular", size: points(size.heading.at(at)), it.text))
    })
  } else if it.kind == "table" {
    set-table(it)
  } else if it.kind == "figure" {
    set-figure(it)
  } else {
    block(breakable: not it.whole, width: 100%, above: 0.95em, below: 0.95em, par(it.text))
  }
}

#let set-title() = {
  set par(first-line-indent: 0pt, justify: false)
  set align(center)
  v(6mm)
  block(below: 1em, text(font: hei, size: points(size.title), report.title))
  for line in report.subtitle { block(above: 0.6em, below: 0.6em, text(size: points(size.subtitle), line)) }
  v(4mm)
}

#for (at, part) in report.parts.enumerate() {
  page(flipped: part.landscape, {
    if at == 0 { set-title() }
    for it in part.blocks { set-block(it) }
  })
}
`;
