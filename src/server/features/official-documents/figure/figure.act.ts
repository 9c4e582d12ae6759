import type { Feature } from '#core/access/feature.ts';
import type { Quote, QuoteAnswer } from '#core/access/quote.ts';
import type { Context } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import type { FigureAsked, LetterFigure } from '#domain/letter/figure.shape.ts';
import { type FigureChange, figureChange, figuresOf } from '#domain/letter/figure.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import { openLetterStates } from '#domain/letter/state.ts';
import type { LetterHandle, LetterRow } from '../letter.store.ts';

type Asking = Pick<Context<LetterHandle>, 'db' | 'actor' | 'scope' | 'today'>;
type Keyed = Pick<LetterFigure, 'key' | 'asked'>;

/** The figures that the features give to letters: the closed list of what can be quoted. */
export class Figures {
  readonly #features: () => readonly Feature[];

  constructor(features: () => readonly Feature[]) {
    this.#features = features;
  }

  quotes(): Readonly<Record<string, Quote>> {
    return Object.assign({}, ...this.#features().map(({ quotes }) => quotes));
  }

  /** Those of them that this post may read where they come from: a letter opens nothing that its feature keeps shut. */
  quotesFor(actor: Asking['actor']): Readonly<Record<string, Quote>> {
    return Object.fromEntries(Object.entries(this.quotes()).filter(([, { access }]) => holds(actor, access)));
  }

  /** What these queries answer now, within the rights and the reach of this person: one statement for all of a kind. */
  async #answers({ db, actor, scope, today }: Asking, figures: readonly Keyed[]): Promise<Map<number, QuoteAnswer>> {
    const quotes = this.quotesFor(actor);
    const answers = new Map<number, QuoteAnswer>();
    const quoting = { db, places: scope.places, today };
    for (const query of new Set(figures.map(({ asked }) => asked.query))) {
      const asked = figures.flatMap(({ key, asked: { query: own, ...rest } }) =>
        own === query ? [{ key, ...rest }] : [],
      );
      for (const [key, answer] of (await quotes[query]?.read(quoting, asked)) ?? []) answers.set(key, answer);
    }
    return answers;
  }

  /** These figures as they stand now; refused where one of them is out of reach or has no value. */
  async read(ctx: Asking & { readonly now: Date }, figures: readonly Keyed[]): Promise<LetterFigure[]> {
    if (figures.length === 0) return [];
    const answers = await this.#answers(ctx, figures);
    return figures.map(({ key, asked }) => {
      const answer = answers.get(key);
      if (answer === undefined) throw problem('letter.figureUnknown');
      const { label, value, certificate } = answer;
      if (value === null) throw problem('letter.figureMissing', { label });
      const { title } = this.quotes()[asked.query]!;
      return { key, asked, title, label, value, readAt: ctx.now.toISOString(), certificate };
    });
  }

  /** One figure as it stands now. */
  async readOne(ctx: Asking & { readonly now: Date }, asked: FigureAsked): Promise<LetterFigure> {
    return (await this.read(ctx, [{ key: 1, asked }]))[0]!;
  }

  /**
   * The figures with which a text is stored: those that stood in it before stay as they were read, new ones are read now, and
   * those that the text no more names are let go. Nobody types the value of a figure.
   */
  async settle(
    ctx: Asking & { readonly now: Date },
    given: { readonly body: Letter['body']; readonly figures?: readonly LetterFigure[] | undefined },
    stored: readonly LetterFigure[] = [],
  ): Promise<LetterFigure[]> {
    const named = new Set(given.body.flatMap(figuresOf));
    const wanted = (given.figures ?? []).filter(({ key }) => named.has(key));
    const before = new Map(stored.map((figure) => [figure.key, figure]));
    const kept = (figure: LetterFigure) => {
      const old = before.get(figure.key);
      return old !== undefined && canonicalJson(old.asked) === canonicalJson(figure.asked) ? old : undefined;
    };
    const read = await this.read(
      ctx,
      wanted.filter((figure) => kept(figure) === undefined),
    );
    return wanted.map((figure) => kept(figure) ?? read.find(({ key }) => key === figure.key)!);
  }

  /** What changed of the figures of a letter that is not issued since they were read; what is out of reach did not. */
  async changes(ctx: Asking, { state, model }: Pick<LetterRow, 'state' | 'model'>): Promise<Map<number, FigureChange>> {
    const figures = model?.figures ?? [];
    const isOpen = (openLetterStates as readonly string[]).includes(state);
    const answers = isOpen ? await this.#answers(ctx, figures) : new Map<number, QuoteAnswer>();
    const changes = new Map<number, FigureChange>();
    for (const { key, value } of figures) {
      const answer = answers.get(key);
      const change = answer === undefined ? null : figureChange(value, answer.value);
      if (change !== null) changes.set(key, change);
    }
    return changes;
  }

  /** For an answer to a letter: where the things that it listed stand now, each with the table that shows it. */
  async progress(
    ctx: Asking & { readonly now: Date },
    asked: readonly LetterFigure[] = [],
  ): Promise<{ readonly figures: LetterFigure[]; readonly body: Letter['body'] }> {
    const quotes = this.quotes();
    const wanted = asked.flatMap(({ asked: { query, ...rest } }): FigureAsked[] => {
      const answer = quotes[query]?.answeredBy;
      return answer === undefined ? [] : [{ ...rest, query: answer }];
    });
    const keyed = wanted.map((one, at) => ({ key: at + 1, asked: one }));
    const known = await this.#answers(ctx, keyed);
    const figures = await this.read(
      ctx,
      keyed.filter(({ key }) => known.get(key)?.value != null),
    );
    const body = figures.flatMap(({ key, title, asked: { query } }): Letter['body'] => [
      { kind: 'heading', level: 1, text: title.replace(/^.*：/, '') },
      {
        kind: 'table',
        caption: null,
        columns: (quotes[query]?.columns ?? []).map((one) => ({ ...one })),
        rows: [],
        from: key,
      },
    ]);
    return { figures, body };
  }
}
