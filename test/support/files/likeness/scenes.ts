import type { Generator } from '#domain/kit/generator.ts';
import { asTaken, drawn, type Pixels, write } from './drawing.ts';
import { templates } from './texts.ts';
import { drawDay, drawPerson, drawSchool } from './words.ts';

const size = { width: 960, height: 640 };

const colour = (draw: Generator, low = 40, high = 230) =>
  `rgb(${draw.integer(low, high)},${draw.integer(low, high)},${draw.integer(low, high)})`;
const box = (x: number, y: number, width: number, height: number, fill: string) =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}"/>`;
const shape = (points: readonly (readonly [number, number])[], fill: string) =>
  `<polygon points="${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}" fill="${fill}"/>`;
const disc = (x: number, y: number, rx: number, ry: number, fill: string) =>
  `<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="${rx.toFixed(1)}" ry="${ry.toFixed(1)}" fill="${fill}"/>`;
const times = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('');

/** Places of a school as many schools have them: each drawing has the same parts at about the same places. */
const scenes: readonly ((draw: Generator) => string)[] = [
  // A corridor with doors, notice boards and lamps.
  (draw) => {
    const [x, y] = [draw.between(400, 560), draw.between(240, 320)];
    const end = { left: x - 70, right: x + 70, top: y - 60, bottom: y + 70 };
    const wall = (side: 'left' | 'right', t: number, from: number, to: number): [number, number][] => {
      const outer = side === 'left' ? 0 : 960;
      const at = (s: number) => outer + (end[side] - outer) * s;
      const rise = (s: number, high: number) => (end.top + (end.bottom - end.top) * high) * s + 640 * high * (1 - s);
      const w = t + 0.09;
      return [
        [at(t), rise(t, from)],
        [at(w), rise(w, from)],
        [at(w), rise(w, to)],
        [at(t), rise(t, to)],
      ];
    };
    return [
      box(0, 0, 960, 640, colour(draw, 170, 240)),
      shape(
        [
          [0, 640],
          [960, 640],
          [end.right, end.bottom],
          [end.left, end.bottom],
        ],
        colour(draw, 90, 190),
      ),
      shape(
        [
          [0, 0],
          [960, 0],
          [end.right, end.top],
          [end.left, end.top],
        ],
        colour(draw, 190, 250),
      ),
      box(end.left, end.top, 140, 130, colour(draw, 60, 220)),
      ...(['left', 'right'] as const).map((side) =>
        times(4, (at) => {
          const t = 0.08 + at * 0.21 + draw.between(-0.02, 0.02);
          return (
            shape(wall(side, t, draw.between(0.2, 0.3), 0.97), colour(draw)) +
            shape(wall(side, t + 0.1, draw.between(0.2, 0.35), draw.between(0.45, 0.6)), colour(draw))
          );
        }),
      ),
      times(3, (at) => disc(x + draw.between(-14, 14), 40 + at * 55, 60 - at * 16, 10 - at * 2, '#fffbe6')),
      times(draw.integer(4, 9), () =>
        box(draw.between(260, 700), draw.between(400, 600), draw.between(14, 60), draw.between(10, 30), colour(draw)),
      ),
    ].join('');
  },
  // A sports ground before a building.
  (draw) =>
    [
      box(0, 0, 960, 260, colour(draw, 150, 250)),
      times(5, () =>
        disc(draw.between(0, 960), draw.between(20, 110), draw.between(40, 130), draw.between(10, 36), '#f4f7fa'),
      ),
      box(draw.between(100, 220), draw.between(90, 140), draw.between(480, 640), 200, colour(draw, 140, 240)),
      times(draw.integer(24, 40), () =>
        box(
          draw.between(150, 780),
          draw.between(120, 250),
          draw.between(14, 34),
          draw.between(12, 26),
          colour(draw, 30, 160),
        ),
      ),
      box(0, 270, 960, 370, colour(draw, 80, 170)),
      times(
        4,
        (at) =>
          `<ellipse cx="480" cy="450" rx="${430 - at * 34}" ry="${165 - at * 18}" fill="none" stroke="#fff" stroke-width="3"/>`,
      ),
      disc(480 + draw.between(-30, 30), 450, draw.between(220, 290), draw.between(70, 100), colour(draw, 60, 160)),
      times(draw.integer(6, 12), () =>
        disc(
          draw.between(0, 960),
          draw.between(210, 300),
          draw.between(18, 60),
          draw.between(26, 66),
          colour(draw, 20, 130),
        ),
      ),
      times(draw.integer(5, 12), () =>
        box(draw.between(60, 880), draw.between(330, 600), draw.between(6, 40), draw.between(10, 46), colour(draw)),
      ),
    ].join(''),
  // A classroom with a blackboard and rows of desks.
  (draw) =>
    [
      box(0, 0, 960, 360, colour(draw, 170, 245)),
      box(0, 350, 960, 290, colour(draw, 110, 200)),
      box(
        draw.between(170, 240),
        draw.between(70, 110),
        draw.between(500, 560),
        draw.between(170, 200),
        colour(draw, 20, 90),
      ),
      times(draw.integer(8, 16), () =>
        box(draw.between(240, 680), draw.between(100, 250), draw.between(20, 120), draw.between(3, 9), '#e8efe6'),
      ),
      times(draw.integer(6, 10), () =>
        box(
          draw.pick([draw.between(5, 130), draw.between(780, 900)]),
          draw.between(40, 300),
          draw.between(30, 80),
          draw.between(26, 80),
          colour(draw),
        ),
      ),
      ...Array.from({ length: 4 }, (_, row) =>
        times(5, (column) => {
          const scale = 0.6 + row * 0.18;
          const [left, top] = [
            480 + (column - 2) * 190 * scale - 60 * scale + draw.between(-14, 14),
            350 + row * 72 + draw.between(-6, 6),
          ];
          return (
            box(left, top, 120 * scale, 44 * scale, colour(draw, 120, 220)) +
            (draw.chance(0.6) ? box(left + draw.between(5, 60), top - 4, 40 * scale, 16 * scale, colour(draw)) : '')
          );
        }),
      ),
    ].join(''),
  // A school gate with a wall, trees and notices.
  (draw) =>
    [
      box(0, 0, 960, 330, colour(draw, 160, 250)),
      times(draw.integer(5, 9), () =>
        disc(
          draw.between(0, 960),
          draw.between(150, 280),
          draw.between(40, 110),
          draw.between(50, 120),
          colour(draw, 30, 150),
        ),
      ),
      box(0, 290, 330, 180, colour(draw, 110, 220)),
      box(630, 290, 330, 180, colour(draw, 110, 220)),
      box(draw.between(290, 330), draw.between(150, 190), 60, 330, colour(draw, 90, 200)),
      box(draw.between(620, 650), draw.between(150, 190), 60, 330, colour(draw, 90, 200)),
      box(320, draw.between(120, 160), 340, 46, colour(draw)),
      times(14, (at) => box(360 + at * 19, draw.between(280, 310), 8, 190, colour(draw, 60, 140))),
      box(0, 470, 960, 170, colour(draw, 110, 180)),
      times(draw.integer(6, 12), () =>
        box(draw.between(10, 900), draw.between(310, 420), draw.between(20, 90), draw.between(20, 70), colour(draw)),
      ),
      times(draw.integer(3, 8), () =>
        shape(
          [
            [draw.between(100, 800), draw.between(500, 620)],
            [draw.between(100, 800), draw.between(500, 620)],
            [draw.between(100, 800), draw.between(500, 620)],
          ],
          colour(draw),
        ),
      ),
    ].join(''),
  // Shelves of a library or a laboratory.
  (draw) =>
    [
      box(0, 0, 960, 640, colour(draw, 150, 240)),
      ...Array.from({ length: 5 }, (_, shelf) => {
        const top = 60 + shelf * 108;
        let left = 60;
        const books: string[] = [box(50, top + 84, 860, 12, colour(draw, 90, 160))];
        while (left < 880) {
          const width = draw.between(10, 44);
          const height = draw.between(40, 82);
          if (draw.chance(0.85)) books.push(box(left, top + 84 - height, width, height, colour(draw)));
          left += width + draw.between(1, 8);
        }
        return books.join('');
      }),
    ].join(''),
];

export const sceneCount = scenes.length;

/** A photo of a place: nobody is on it. */
export async function drawScene(which: number, draw: Generator): Promise<Pixels> {
  const parts = scenes[which % scenes.length]!(draw);
  const pixels = await drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${parts}</svg>`,
  );
  asTaken(pixels, draw, draw.between(2, 7), 0.3);
  return pixels;
}

const page = { width: 720, height: 1018 };
const form = { left: 60, top: 220, row: 40, columns: [250, 120, 120, 110] } as const;

/**
 * A sheet of a form, filled in: as a program makes it, pixel on pixel the same but for what was filled in, or as a scanner
 * takes it, each time a little elsewhere.
 */
export async function drawForm(draw: Generator, scanned: boolean): Promise<Pixels> {
  const { title, rows } = templates.table(draw);
  const [dx, dy] = scanned ? [draw.between(-9, 9), draw.between(-9, 9)] : [0, 0];
  const [left, top] = [form.left + dx, form.top + dy];
  const across = form.columns.reduce((sum, width) => sum + width, 0);
  const lines: string[] = [];
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    lines.push(`<path d="M${x1} ${y1}L${x2} ${y2}" stroke="#222" stroke-width="1.6"/>`);
  for (let at = 0; at <= rows.length; at += 1) line(left, top + at * form.row, left + across, top + at * form.row);
  let x = left;
  for (const width of [0, ...form.columns]) {
    x += width;
    line(x, top, x, top + rows.length * form.row);
  }
  const pixels = await drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${page.height}"><rect width="100%" height="100%" fill="${scanned ? '#f3f1ea' : '#fff'}"/>${lines.join('')}</svg>`,
  );
  await write(pixels, title, left + 90, top - 150, 34);
  await write(pixels, `填报单位：${drawSchool(draw)}`, left, top - 80, 20);
  await write(pixels, `日期：${drawDay(draw)}`, left, top - 42, 20);
  for (const [at, row] of rows.entries()) {
    let cell = left + 10;
    for (const [column, text] of row.entries()) {
      await write(pixels, text, cell, top + at * form.row + 9, 20);
      cell += form.columns[column]!;
    }
  }
  const foot = top + rows.length * form.row + 24;
  await write(
    pixels,
    `填报人：${drawPerson(draw)}    校长：${drawPerson(draw)}    联系电话：${draw.integer(2_000_000, 8_999_999)}`,
    left,
    foot,
    20,
  );
  if (scanned) asTaken(pixels, draw, draw.between(1, 4), 0.12);
  return pixels;
}
