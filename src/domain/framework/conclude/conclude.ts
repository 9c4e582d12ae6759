import type { Context, Facts } from '../answer.ts';
import type { ConclusionTable } from '../edition.ts';
import type { Concluded, Prepared, Scored } from '../result.ts';
import { judge } from './condition-judge.ts';
import { asksPeers } from './condition-names.ts';
import { conditionReading } from './condition-reading.ts';
import { type Conclusion, concludeByTable } from './decision-table.ts';
import { conditionOf } from './edition-conditions.ts';
import { hasLine, quotaPlaces, type Tie, type TieRuling } from './quota/quota.ts';
import type { Judgement } from './range.ts';
import { type JudgedSubject, judgedSubject } from './rules.ts';

/** One subject of a round, scored and not yet concluded. */
export interface ScoredSubject {
  readonly subject: string;
  readonly scored: Scored;
  readonly facts: Facts;
  readonly context: Context;
  /** The edition as this subject has it, where its last round gave it leaves of its own. */
  readonly prepared?: Prepared;
  /** What its result was confirmed as; undefined before. */
  readonly confirmed?: Concluded['conclusions'] | undefined;
}

/**
 * What follows from the scores of one subject: vetoes, caps and downgrades, one conclusion from each decision table, and
 * the actions. Rules hold in three values: what nobody has said does not hold and is named in `open`; a conclusion that
 * hangs on unanswered leaves is `未定`. Bands with gaps between their printed ends (80—89, 90) are read by their lower ends.
 * @param strict whether a conclusion is `未定` too where it hangs on what nobody has said, as an office concludes; a place in
 *   a quota is drawn by the round and stays as it is
 */
export function conclude(
  prepared: Prepared,
  scored: Scored,
  facts: Facts,
  context: Context,
  strict = false,
): Concluded {
  const subject = judgedSubject(conditionReading(prepared, scored, facts, context, strict));
  return concluded(subject, (table) => (hasLine(table) ? subject.reading.inQuota : true));
}

/** What follows from the scores of all subjects of a round. */
export interface ConcludedRound {
  readonly concluded: ReadonlyMap<string, Concluded>;
  /** Equals at the lines of quotas, those that were ruled about too. */
  readonly ties: readonly Tie[];
  /** Of each table whose quota has a line, the subjects among which it counts. */
  readonly groups: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/**
 * The same for all subjects of a round: quotas count over the candidates of each group, and the rules of a group (one
 * county below the standard fails all) see the others. What was confirmed stays as it was concluded.
 * @param rulings what the office ruled about equals at the line of a quota, the newest first
 */
export function concludeRound(
  prepared: Prepared,
  subjects: readonly ScoredSubject[],
  strict = false,
  rulings: readonly TieRuling[] = [],
): ConcludedRound {
  const plain = subjects.map(({ prepared: own = prepared, scored, facts, context }) =>
    conditionReading(own, scored, facts, context, strict),
  );
  const alone = plain.map((reading) => judgedSubject({ ...reading, peers: plain }));
  // Rules of a group may ask for the vetoes of the others, so those are judged first.
  const peers = alone.map(({ reading }) => reading);
  const amongPeers = [...prepared.conditions.values()].some(({ node }) => asksPeers(node));
  const judged = amongPeers ? peers.map((reading) => judgedSubject({ ...reading, peers })) : alone;
  const contenders = judged.map((one, at) => {
    const { subject, confirmed } = subjects[at]!;
    return { subject, judged: one, confirmed };
  });
  const draws = new Map(
    prepared.edition.conclusions.flatMap((table) =>
      hasLine(table) ? [[table.name, quotaPlaces(table, table.quota!, contenders, rulings)] as const] : [],
    ),
  );
  const ties = [...draws.values()].flatMap((draw) => draw.ties);
  const wordsOf = new Map(
    ties.flatMap(({ table, tied, ruling }) =>
      ruling === null ? [] : tied.map((subject) => [`${table}\n${subject}`, ruling.words] as const),
    ),
  );
  return {
    concluded: new Map(
      contenders.map(({ subject, judged: one, confirmed }) => {
        const place = (table: ConclusionTable): Judgement => {
          if (!hasLine(table)) return true;
          return one.reading.context.inQuota ?? draws.get(table.name)?.places.get(subject) ?? false;
        };
        const drawn = concluded(one, place);
        const conclusions = drawn.conclusions.map((conclusion) => {
          const words = wordsOf.get(`${conclusion.table}\n${subject}`);
          return words === undefined ? conclusion : { ...conclusion, by: `${conclusion.by}；${words}`, ruling: words };
        });
        return [subject, { ...drawn, conclusions: confirmed ?? conclusions }];
      }),
    ),
    ties,
    groups: new Map([...draws].map(([table, { groups }]) => [table, groups])),
  };
}

function concluded(subject: JudgedSubject, inQuota: (table: ConclusionTable) => Judgement): Concluded {
  const { edition } = subject.reading.prepared;
  const conclusions = edition.conclusions.map((table): Conclusion => concludeByTable(table, subject, inQuota(table)));
  const reading = { ...subject.reading, concluded: conclusions.map(({ name }) => name) };
  return {
    vetoes: subject.held.veto,
    caps: subject.held.cap,
    downgrades: subject.held.downgrade,
    conclusions,
    actions: (edition.actions ?? [])
      .filter(({ when }) => judge(conditionOf(reading.prepared, when), reading) === true)
      .map(({ does }) => does),
  };
}
