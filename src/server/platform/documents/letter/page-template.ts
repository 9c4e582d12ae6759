/**
 * The page of a letter as a program of Typst. It is the same for every letter: what people wrote comes in as JSON and is
 * set as text, so no sign of theirs is read as markup, and nothing here reads a file or a package.
 *
 * The sizes come from `#domain/letter/measures.ts`. Every box of text is as high as its size, from 0.88 of it above the
 * base line to 0.12 below, as the square of an ideograph lies; the gap between two lines makes up the rest of the pitch.
 */
export const pageTemplate = `
#let data = json(bytes(sys.inputs.data))
#let letter = data.letter
#let size = data.size
#let faces = data.faces
#let points(number) = number * 1pt
#let millimetres(number) = number * 1mm

#let body-size = points(size.body)
#let pitch = points(size.linePitch)
#let gap = pitch - body-size
#let tracking = points(size.characterPitch) - body-size
#let character = points(size.characterPitch)
#let red = rgb("#ff0000")

// A face that stands in for 小标宋 is thinner than it, so its strokes are drawn a little thicker.
#let heading-stroke(colour) = if faces.title.substitute { 0.025em + colour } else { none }
#let as-title(size, colour, it) = text(
  font: faces.title.families, size: size, fill: colour, stroke: heading-stroke(colour), tracking: 0pt, it)

#set document(
  title: letter.title.join(""),
  author: letter.signature.signer,
  date: if data.day == none { none } else {
    datetime(year: data.day.at(0), month: data.day.at(1), day: data.day.at(2))
  },
)
#set text(
  font: faces.body.families, size: body-size, tracking: tracking, fallback: false, lang: "zh", region: "cn",
  top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none, overhang: false, hyphenate: false,
  // Every page is filled to its 22 lines, as offices do it.
  costs: (widow: 0%, orphan: 0%))
#set par(leading: gap, spacing: gap, justify: true, linebreaks: "simple",
  first-line-indent: (amount: 2 * character, all: true))
#set block(spacing: gap)
#set page(
  width: millimetres(size.sheet.width), height: millimetres(size.sheet.height),
  margin: (
    top: millimetres(size.margins.top), bottom: millimetres(size.margins.bottom),
    left: millimetres(size.margins.left), right: millimetres(size.margins.right)),
  background: if data.watermark != none {
    rotate(-45deg, text(font: faces.hei.families, size: 120pt, tracking: 0pt, fill: luma(88%), data.watermark))
  },
  footer-descent: millimetres(size.pageNumberDrop),
  footer: if not letter.certificate { context {
    let number = counter(page).get().first()
    let side = points(size.pageNumber)
    let is-odd = calc.odd(number)
    set par(first-line-indent: 0pt)
    set align(if is-odd { right } else { left })
    // The upper edge is that of the dashes.
    pad(
      left: if is-odd { 0pt } else { side }, right: if is-odd { side } else { 0pt },
      text(font: faces.song.families, size: side, tracking: 0pt, top-edge: 0.38em)[— #number —])
  } },
)

#let centred(it) = { set par(first-line-indent: 0pt, justify: false); align(center, it) }

// Mark, number, red line and title: their distances are fixed, so they are stacked and not left to the gaps of the body.
#let mark-size = points(letter.mark.size)
#if letter.certificate { block(breakable: false, spacing: 0pt, width: 100%, stack(
  dir: ttb,
  size.certificate.linesAbove * pitch,
  ..letter.title.map(it => centred(as-title(points(size.certificate.title), black, it))).intersperse(pitch),
  size.certificate.linesBelow * pitch,
  align(right, text(tracking: 0pt, letter.number)),
  pitch,
)) } else { block(breakable: false, spacing: 0pt, width: 100%, stack(
  dir: ttb,
  millimetres(size.markDrop),
  ..letter.mark.lines.map(it => centred(as-title(mark-size, red, it))).intersperse(mark-size * 0.3),
  size.linesBelowMark * pitch + gap,
  centred(text(tracking: 0pt, letter.number)),
  millimetres(size.ruleDrop),
  line(length: 100%, stroke: points(size.ruleThickness) + red),
  size.linesBelowRule * pitch + gap,
  ..letter.title.map(it => centred(as-title(points(size.title), black, it))).intersperse(pitch - body-size),
  size.linesBelowTitle * pitch + gap,
)) }

#if letter.addressees != none {
  par(first-line-indent: 0pt, letter.addressees)
}

#let level-face = (faces.hei.families, faces.kai.families, faces.body.families, faces.body.families)

// Each row with whether it may go on over the end of a page.
#let rows-of(it) = it.rows.zip(it.breaks)
#let cells-of(row) = row.at(0).map(it => table.cell(breakable: row.at(1), it))

#let set-rows(it, rows, has-header: true) = {
  set text(size: points(size.table), tracking: 0pt)
  set par(first-line-indent: 0pt, justify: false, leading: 0.4em)
  table(
    columns: it.columns.map(column => column.share * 1fr),
    align: (at, row) => if has-header and row == 0 { center + horizon } else {
      (left: left, center: center, right: right).at(it.columns.at(at).align) + horizon
    },
    inset: (x: 5pt, y: 5pt),
    stroke: 0.5pt,
    ..if has-header {
      (table.header(..it.columns.map(column => text(font: faces.hei.families, column.heading))),)
    },
    ..rows.map(cells-of).flatten(),
  )
}

#let set-caption(it) = if it.caption != none {
  set par(first-line-indent: 0pt)
  block(sticky: true, width: 100%, align(center, text(
    font: faces.hei.families, size: points(size.table), tracking: 0pt, it.caption)))
}

#let set-block(it) = {
  if it.kind == "heading" {
    block(sticky: it.leads, width: 100%, par(text(font: level-face.at(it.level - 1), it.text)))
  } else if it.kind == "table" {
    set-caption(it)
    set-rows(it, rows-of(it))
  } else {
    par(it.text)
  }
}

// A signature does not stand alone on a page: the end of the body goes with it, that is, its last lines or rows. The
// last block is parted where a line of it ends, so that a long one need not leave a page as a whole.
#let kept-lines = 2
#let begins-no-line = "，。、；：！？）〕》」』”’·%—…"
#let ends-no-line = "（〔《「『“‘"
#let is-narrow(it) = it.match(regex("^[ -~]$")) != none

#let set-last-text(words, face) = context {
  let characters = words.clusters()
  let width = millimetres(size.area.width)
  let lines(count) = {
    let set-part = par(text(font: face, characters.slice(0, count).join()))
    calc.round((measure(width: width, set-part).height + gap) / pitch)
  }
  let kept = lines(characters.len()) - kept-lines
  if kept < 2 {
    block(sticky: not data.begins, width: 100%, par(text(font: face, words)))
    return
  }
  let (low, high) = (1, characters.len())
  while low < high {
    let middle = calc.quo(low + high + 1, 2)
    if lines(middle) <= kept { low = middle } else { high = middle - 1 }
  }
  let may-part(at) = {
    let (before, after) = (characters.at(at - 1), characters.at(at))
    not (after in begins-no-line or before in ends-no-line or (is-narrow(before) and is-narrow(after)))
  }
  while low > 1 and not may-part(low) { low -= 1 }
  block(width: 100%, par(text(font: face, characters.slice(0, low).join() + linebreak(justify: true))))
  block(sticky: true, width: 100%, par(first-line-indent: 0pt, text(font: face, characters.slice(low).join())))
}

#let set-last-table(it) = {
  set-caption(it)
  let rows = rows-of(it)
  let kept = calc.min(kept-lines, rows.len())
  let first = rows.slice(0, rows.len() - kept)
  if first.len() < kept-lines {
    block(sticky: true, breakable: false, width: 100%, set-rows(it, rows))
    return
  }
  block(width: 100%, below: 0pt, set-rows(it, first))
  block(sticky: true, breakable: false, width: 100%, above: 0pt, set-rows(it, rows.slice(-kept), has-header: false))
}

#for it in letter.body.slice(0, -1) { set-block(it) }
#let last = letter.body.last()
#if last.kind == "table" {
  set-last-table(last)
} else {
  set-last-text(last.text, if last.kind == "heading" { level-face.at(last.level - 1) } else { faces.body.families })
}

#if letter.attachments.len() > 0 {
  block(sticky: true, width: 100%, inset: (top: pitch, left: 2 * character), {
    set par(first-line-indent: 0pt)
    grid(
      // The colon keeps its whole width.
      columns: (3 * character, auto, 1fr), row-gutter: gap,
      ..letter.attachments.enumerate().map(((at, it)) => (if at == 0 [附件：], it.number, it.name)).flatten(),
    )
  })
}

#block(breakable: false, width: 100%, {
  set par(first-line-indent: 0pt, justify: false)
  let row(right-side, it) = pad(right: right-side * character, align(right, it))
  let sign = letter.signature
  let joint = sign.joint
  let signers = if joint == none {
    (row(sign.signerRight, sign.signer),)
  } else if joint.linesAbove == none {
    (block(width: 100%, {
      place(top + right, dx: -sign.signerRight * character, sign.signer)
      row(joint.right, joint.name)
    }),)
  } else {
    (row(sign.signerRight, sign.signer), gap + joint.linesAbove * pitch, row(joint.right, joint.name))
  }
  stack(dir: ttb, sign.linesAbove * pitch, ..signers, gap, row(sign.dateRight, sign.date))
})

// 版记: its last line lies on the lower edge of the area of type of the last page.
#if not letter.certificate { place(bottom + left, float: true, clearance: pitch, block(breakable: false, width: 100%, {
  set text(size: points(size.imprint), tracking: 0pt)
  set par(first-line-indent: 0pt, justify: true, leading: 0.4em)
  set align(top + left)
  let side = points(size.imprint)
  let rule(thickness) = line(length: 100%, stroke: millimetres(thickness) + black)
  let row(it) = pad(x: side, y: 0.35em, it)
  let imprint = letter.imprint
  stack(
    dir: ttb,
    rule(size.imprintThick),
    ..if imprint.copyTo != none {
      (row(grid(columns: (auto, 1fr), [抄送：], imprint.copyTo)), rule(size.imprintThin))
    },
    row(grid(columns: (1fr, auto), imprint.printedBy, imprint.printedOn)),
    rule(size.imprintThick),
  )
})) }
`;
