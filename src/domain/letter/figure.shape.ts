import { z } from 'zod';
import { list, parts, whole } from '../kit/definition.shape.ts';
import { shownLine, shownText } from '../text/characters.ts';

/** Figures in one letter, things that one of them lists, columns of its table, and lines of its certificate, at most. */
export const figureBounds = { figures: 60, listed: 100, columns: 12, certificate: 8 } as const;

const word = (longest: number) =>
  z.string({ error: '应是文字' }).overwrite(shownLine).min(1, '不能为空').max(longest, `不能超过 ${longest} 个字`);

const said = (longest: number) => z.string().overwrite(shownLine).max(longest);

/** What a figure asks: one of the queries that the features give to letters, with its arguments. */
export const figureAsked = parts({
  query: word(60).regex(/^[a-z-]+\.[a-z-]+$/, '应是已有的数据项之一'),
  unitId: whole(1, 2_147_483_647).optional(),
  year: whole(1949, 2999).optional(),
  choice: word(120).optional(),
  /** The things that are listed. */
  things: list(z.uuid({ error: '应是编号' }))
    .max(figureBounds.listed, `不能超过 ${figureBounds.listed} 项`)
    .optional(),
});
export type FigureAsked = z.output<typeof figureAsked>;

const cell = z.string({ error: '应是文字' }).overwrite(shownText).max(2_000, '一个格子不能超过 2000 个字');

/**
 * A figure of a letter with its source: what was asked, what was answered, and when. A paragraph or a cell names it by its key
 * (`figureToken`), a table takes its rows from it, so the answer stands in the letter once.
 */
export const letterFigure = parts({
  key: whole(1, 999),
  asked: figureAsked,
  /** The query in words, and the figure: 整改台账：问题数, 鲤城区 2025 学年未销号问题数. */
  title: said(60),
  label: said(200),
  /** A text, or the rows of a table. */
  value: z.union([said(200), list(list(cell).max(figureBounds.columns)).max(figureBounds.listed)]),
  /** The moment at which it was read. */
  readAt: z.iso.datetime({ error: '应是时刻' }),
  /** By what it can be proved: the run and the hash of its inputs, a digest of the rows that were counted. */
  certificate: list(parts({ item: said(40), value: said(200) })).max(figureBounds.certificate),
});
export type LetterFigure = z.output<typeof letterFigure>;

/** The figures of one letter. The text names each by its key, so a key stands once: else a value would prove another's source. */
export const letterFigures = list(letterFigure)
  .max(figureBounds.figures, `不能超过 ${figureBounds.figures} 项`)
  .superRefine((figures, context) => {
    const keys = new Set<number>();
    for (const [at, { key }] of figures.entries()) {
      if (keys.has(key)) {
        context.addIssue({ code: 'custom', path: [at, 'key'], message: `编号 ${key} 已有一项数据，编号不能重复` });
      }
      keys.add(key);
    }
  });
