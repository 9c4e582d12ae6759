import type { Code } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import type { AvoidanceGround } from '../../inspection/avoidance.ts';
import { type AvoidedSubject, avoidanceOf, type DeclaredRelation, type HeldPost } from '../../inspection/avoidance.ts';
import { declaredBy, type ProgramPost } from '../../inspection/declared.ts';
import type { InspectorKind } from '../../inspection/inspector.ts';
import type { InspectorRules } from '../../inspection/inspector-rules.shape.ts';
import { isTermOver } from '../../inspection/terms.ts';
import { firstNamed } from '../../kit/first-named.ts';
import { type Problem, problem } from '../../kit/problem.ts';
import type { Day } from '../../kit/school-year.ts';
import type { SeatPart } from '../lists.ts';
import { type PanelRules, panelSizeOn } from './panel-rules.shape.ts';

/** The name of the whole tree in the branches of a seat. */
export const everyNode = '*';

/** Somebody's place in a panel. */
export interface PanelSeat {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly part: SeatPart;
  /** Whether he is of the register of inspectors today, and of what kind; null for everybody else. */
  readonly inspectorKind: InspectorKind | null;
  /** The last day of his term by the register; null where it has no end. */
  readonly termTo: Day | null;
  /** Codes of branches or leaves; `*` is the whole tree. */
  readonly nodes: readonly Code[];
  /** Evaluations that are his; null is all of the campaign. */
  readonly evaluations: readonly string[] | null;
  readonly from: Day;
  readonly to: Day;
  /** The day on which it ended early. */
  readonly endedOn: Day | null;
}

/** Each leaf with its own code and those of the nodes above it, the nearest first. */
export function nodesOfLeaves(prepared: Prepared): ReadonlyMap<Code, readonly Code[]> {
  return new Map(
    prepared.leaves.map(({ indicator }) => {
      const nodes = [indicator.code];
      for (let { parent } = indicator; parent !== null; parent = prepared.byCode.get(parent)?.parent ?? null) {
        nodes.push(parent);
      }
      return [indicator.code, nodes];
    }),
  );
}

/**
 * Whether a seat is in force on a day. A seat that ended early still counts on its last day.
 * @param seat its first and last day; null: as long as it stands
 */
export function isSeatOn(
  { from, to, endedOn }: { readonly from: Day | null; readonly to: Day | null; readonly endedOn: Day | null },
  on: Day,
): boolean {
  return (from === null || from <= on) && [to, endedOn].every((last) => last === null || on <= last);
}

/** Whether a seat judges a leaf of an evaluation. @param nodes the code of the leaf and those above it */
export function seatCovers(
  seat: Pick<PanelSeat, 'nodes' | 'evaluations'>,
  evaluationId: string,
  nodes: readonly Code[],
): boolean {
  if (seat.evaluations !== null && !seat.evaluations.includes(evaluationId)) return false;
  return seat.nodes.includes(everyNode) || nodes.some((node) => seat.nodes.includes(node));
}

/** Leaves of one evaluation that have too few reviewers, with how many they have. */
export interface Uncovered {
  readonly code: Code;
  readonly reviewers: number;
}

/** The leaves of one evaluation that fewer people judge than the campaign wants. A person with two seats counts once. */
export function uncoveredLeaves(
  prepared: Prepared,
  seats: readonly PanelSeat[],
  evaluationId: string,
  reviewersPerLeaf: number,
): Uncovered[] {
  return [...nodesOfLeaves(prepared)].flatMap(([code, nodes]): Uncovered[] => {
    const reviewers = new Set(seats.flatMap((seat) => (seatCovers(seat, evaluationId, nodes) ? [seat.personId] : [])))
      .size;
    return reviewers < reviewersPerLeaf ? [{ code, reviewers }] : [];
  });
}

/** Somebody whom a ground that came to be known shuts out of an evaluation, seated or not. */
export interface ShutOut {
  readonly personId: string;
  readonly evaluationId: string;
}

/** A panel as it stands for some evaluations on a day. */
export interface Panel {
  readonly prepared: Prepared;
  readonly seats: readonly PanelSeat[];
  readonly reviewersPerLeaf: number;
  readonly rules: PanelRules;
  readonly on: Day;
  /** Who must keep away, by the evaluations that he must keep away from. */
  readonly shutOut: readonly ShutOut[];
}

/**
 * What the panel of one evaluation lacks on a day, in sentences without a full stop; empty where it is complete: as many
 * inspectors as the law wants (《教育督导条例》, 国务院令第 624 号, 第十六条), a leader, and as many reviewers at each leaf as the
 * campaign wants. Somebody whose term is over counts as no inspector (第六条) until it is renewed, and is named. Whoever must
 * keep away (《福建省教育督导条例》) and was seated before anybody knew of it is named, and the panel is not complete with him.
 */
export function panelLacks(
  { prepared, seats, reviewersPerLeaf, rules, on, shutOut }: Panel,
  evaluationId: string,
): string[] {
  const own = seats.filter(
    (seat) => isSeatOn(seat, on) && (seat.evaluations === null || seat.evaluations.includes(evaluationId)),
  );
  const ofKind = own.filter(
    ({ inspectorKind }) => inspectorKind !== null && rules.inspectorKinds.includes(inspectorKind),
  );
  const inspectors = new Set(ofKind.flatMap(({ personId, termTo }) => (isTermOver(termTo, on) ? [] : [personId]))).size;
  const over = ofKind.filter(({ termTo }) => isTermOver(termTo, on));
  const size = panelSizeOn(rules, on);
  const uncovered = uncoveredLeaves(prepared, own, evaluationId, reviewersPerLeaf);
  const away = own.filter(({ personId }) =>
    shutOut.some((one) => one.personId === personId && one.evaluationId === evaluationId),
  );
  return [
    ...(away.length > 0 ? [`${namesOf(away)}须回避，请结束其工作或换人`] : []),
    ...(size !== undefined && inspectors < size.least
      ? [`督学只有 ${inspectors} 名，至少 ${size.least} 名（${size.document}${size.article}）${overSaid(over)}`]
      : []),
    ...(own.some(({ part }) => part === 'leader') ? [] : ['没有组长']),
    ...(uncovered.length > 0 ? [uncoveredSaid(uncovered, reviewersPerLeaf)] : []),
  ];
}

const namesOf = (seats: readonly PanelSeat[]) => [...new Set(seats.map(({ name }) => name))].join('、');

const overSaid = (seats: readonly PanelSeat[]) =>
  seats.length === 0 ? '' : `；${namesOf(seats)}任期已满，不计在内，请续聘或换人`;

function uncoveredSaid(uncovered: readonly Uncovered[], wanted: number): string {
  const said = uncovered.map(({ code, reviewers }) => `${code}（${reviewers} 人）`);
  return `指标 ${firstNamed(said, 5)}评分人数不足，每项须 ${wanted} 人`;
}

/** What is declared and known of somebody, and what he would judge. */
export interface SeatAvoidance {
  readonly declared: { readonly posts: readonly HeldPost[]; readonly relations: readonly DeclaredRelation[] };
  readonly subjects: readonly (AvoidedSubject & { readonly evaluationId: string })[];
  readonly rules: InspectorRules;
  readonly on: Day;
}

/** Why somebody keeps away from a subject, and whether that shuts him out. */
export interface AvoidedEvaluation {
  readonly evaluationId: string;
  readonly name: string;
  readonly effect: AvoidanceGround['effect'];
  readonly grounds: readonly AvoidanceGround[];
}

/**
 * From which subjects somebody keeps away, by the four cases of 《福建省教育督导条例》 (in force since 2017-06-01): one ground that
 * shuts out decides, else the inspectorate is asked. Reasons are for whoever decides; pages show counts.
 */
export function avoidedBy({ declared, subjects, rules, on }: SeatAvoidance): AvoidedEvaluation[] {
  return subjects.flatMap(({ evaluationId, ...subject }): AvoidedEvaluation[] => {
    const grounds = avoidanceOf(declared, subject, rules, on);
    if (grounds.length === 0) return [];
    const effect = grounds.some((ground) => ground.effect === 'block') ? 'block' : 'ask';
    return [{ evaluationId, name: subject.name, effect, grounds }];
  });
}

/** What registers and posts say of several people, and what they would judge. */
export interface SeatAvoidances extends Omit<SeatAvoidance, 'declared'> {
  /** The entries of all of them in the registers in reach. */
  readonly entries: readonly (Parameters<typeof declaredBy>[0][number] & { readonly personId: string })[];
  /** The posts of the program that they hold or held. */
  readonly held: readonly (ProgramPost & { readonly personId: string })[];
}

/** From which subjects each of some people keeps away, by person (`avoidedBy`). */
export function avoidedByEach(
  personIds: readonly string[],
  { entries, held, ...asked }: SeatAvoidances,
): ReadonlyMap<string, AvoidedEvaluation[]> {
  return new Map(
    [...new Set(personIds)].map((person) => {
      const own = ({ personId }: { readonly personId: string }) => personId === person;
      const declared = declaredBy(entries.filter(own), held.filter(own), asked.rules);
      return [person, avoidedBy({ ...asked, declared })];
    }),
  );
}

/** Who of these people must keep away from which subjects, whenever it came to be known. */
export function shutOutOf(avoided: ReadonlyMap<string, readonly AvoidedEvaluation[]>): ShutOut[] {
  return [...avoided].flatMap(([personId, own]) =>
    own.flatMap(({ evaluationId, effect }) => (effect === 'block' ? [{ personId, evaluationId }] : [])),
  );
}

/**
 * Why somebody cannot be seated for these subjects, or null: a ground that shuts out always does, one that is asked about
 * does until the inspectorate has said why he need not keep away.
 */
export function seatRefusal(
  name: string,
  avoided: readonly Pick<AvoidedEvaluation, 'name' | 'effect'>[],
  waivedReason: string | null,
): Problem | null {
  const of = (effect: AvoidanceGround['effect']) => avoided.flatMap((one) => (one.effect === effect ? [one.name] : []));
  const [blocked, asked] = [of('block'), of('ask')];
  if (blocked.length > 0) return problem('campaign.seatBlocked', { name, subjects: blocked });
  if (asked.length > 0 && waivedReason === null) return problem('campaign.seatAsked', { name, subjects: asked });
  return null;
}

/** The branches that one seat would judge. */
export interface SeatShare {
  readonly seatId: string;
  readonly nodes: readonly Code[];
}

/**
 * An even assignment of the branches of a tree to seats: as many different people at each branch as the campaign wants. A
 * branch that alone has more leaves than one share is parted into the branches below it. The largest branches are dealt out first, each to
 * whoever has the fewest leaves; of equal ones the first. The same seats and the same tree give the same proposal. Whoever has
 * too few others beside him gets the whole tree.
 * @returns one share for each seat, in their order; branches in the order of the tree
 */
export function proposeShares(
  prepared: Prepared,
  seats: readonly { readonly id: string }[],
  reviewersPerLeaf: number,
): SeatShare[] {
  if (seats.length === 0) return [];
  if (seats.length <= reviewersPerLeaf) return seats.map(({ id }) => ({ seatId: id, nodes: [everyNode] }));
  const share = Math.max(1, Math.ceil((prepared.leaves.length * reviewersPerLeaf) / seats.length));
  const branches = branchesOf(prepared, share);
  const load = new Map(seats.map(({ id }) => [id, 0]));
  const dealt = new Map<string, Set<Code>>(seats.map(({ id }) => [id, new Set()]));
  const largest = [...branches].sort((one, other) => other.leaves - one.leaves || one.at - other.at);
  for (const { code, leaves } of largest) {
    const fewest = [...seats].sort((one, other) => load.get(one.id)! - load.get(other.id)!).slice(0, reviewersPerLeaf);
    for (const { id } of fewest) {
      dealt.get(id)!.add(code);
      load.set(id, load.get(id)! + leaves);
    }
  }
  const order = branches.map(({ code }) => code);
  return seats.map(({ id }) => ({ seatId: id, nodes: order.filter((code) => dealt.get(id)!.has(code)) }));
}

interface Branch {
  readonly code: Code;
  readonly at: number;
  readonly leaves: number;
}

/** Branches that together hold every leaf once: from the roots downwards, as long as one is larger than a share. */
function branchesOf({ order, children }: Prepared, share: number): Branch[] {
  const countUnder = (code: Code): number => {
    const own = children.get(code) ?? [];
    return own.length === 0 ? 1 : own.reduce((all, at) => all + countUnder(order[at]!.code), 0);
  };
  const part = (at: number): Branch[] => {
    const { code } = order[at]!;
    const below = children.get(code) ?? [];
    const leaves = countUnder(code);
    if (below.length === 0 || leaves <= share) return [{ code, at, leaves }];
    return below.flatMap(part);
  };
  return (children.get(null) ?? []).flatMap(part);
}
