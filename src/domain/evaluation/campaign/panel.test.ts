import { describe, expect, it } from 'vitest';
import { indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import panel from '../../../../reference/evaluations/panel-rules.json' with { type: 'json' };
import inspection from '../../../../reference/inspection/inspector-rules.json' with { type: 'json' };
import { readInspectorRules } from '../../inspection/inspector-rules.shape.ts';
import {
  avoidedBy,
  isSeatOn,
  nodesOfLeaves,
  type PanelSeat,
  panelLacks,
  proposeShares,
  seatCovers,
  seatRefusal,
  uncoveredLeaves,
} from './panel.ts';
import { panelSizeOn, readPanelRules } from './panel-rules.shape.ts';

const rules = readPanelRules(panel);

/** Three branches: A with two leaves, B with three, C with one. */
const tree = smallEdition([
  { code: '0', points: 60 },
  indicatorOf('A', '0', 20),
  indicatorOf('A1', 'A', 10),
  indicatorOf('A2', 'A', 10),
  indicatorOf('B', '0', 30),
  indicatorOf('B1', 'B', 10),
  indicatorOf('B2', 'B', 10),
  indicatorOf('B3', 'B', 10),
  indicatorOf('C', '0', 10),
]);

describe('a panel', () => {
  const seat = (id: string, given: Partial<PanelSeat> = {}): PanelSeat => ({
    ...{ id, personId: id, name: id, part: 'member', inspectorKind: 'full-time', nodes: ['*'], evaluations: null },
    ...{ from: '2025-10-01', to: '2025-10-31', endedOn: null, termTo: null },
    ...given,
  });
  const three = [seat('a', { part: 'leader' }), seat('b'), seat('c')];
  const lacks = (seats: readonly PanelSeat[], on = '2025-10-15', reviewersPerLeaf = 2) =>
    panelLacks({ prepared: tree, seats, reviewersPerLeaf, rules, on, shutOut: [] }, 'e1');

  it('《教育督导条例》第十六条: has three inspectors, by persons, and experts do not count', () => {
    expect(lacks(three)).toEqual([]);
    const wanted = '督学只有 2 名，至少 3 名（《教育督导条例》（国务院令第 624 号）第十六条）';
    expect(lacks(three.slice(0, 2))).toEqual([wanted]);
    expect(lacks([...three.slice(0, 2), seat('c', { inspectorKind: 'expert' })])).toEqual([wanted]);
    expect(lacks([...three.slice(0, 2), seat('c', { inspectorKind: null })])).toEqual([wanted]);
    expect(lacks([...three.slice(0, 2), seat('c', { personId: 'b' })])).toEqual([wanted]);
    expect(panelSizeOn(rules, '2012-09-30')).toBeUndefined();
  });

  it('第六条: whose term is over counts as none, and is named; the last day still counts', () => {
    const until = (termTo: string) => [...three.slice(0, 2), seat('林督学', { termTo })];
    expect(lacks(until('2025-10-15'))).toEqual([]);
    expect(lacks(until('2025-10-14'))).toEqual([
      '督学只有 2 名，至少 3 名（《教育督导条例》（国务院令第 624 号）第十六条）；林督学任期已满，不计在内，请续聘或换人',
    ]);
    // Where there are enough without him, he sits as anybody does.
    expect(lacks([...until('2025-10-14'), seat('d')])).toEqual([]);
  });

  it('《福建省教育督导条例》: a relation that comes after the seat leaves the panel incomplete, there alone', () => {
    const panel = { prepared: tree, seats: three, reviewersPerLeaf: 2, rules, on: '2025-10-15' };
    const shutOut = [{ personId: 'b', evaluationId: 'e1' }];
    expect(panelLacks({ ...panel, shutOut }, 'e1')).toEqual(['b须回避，请结束其工作或换人']);
    expect(panelLacks({ ...panel, shutOut }, 'e2')).toEqual([]);
    // A seat that has ended, or is of another evaluation, keeps nobody waiting.
    const ended = [...three, seat('d', { endedOn: '2025-10-10' }), seat('f', { evaluations: ['e2'] })];
    const away = ['d', 'f'].map((personId) => ({ personId, evaluationId: 'e1' }));
    expect(panelLacks({ ...panel, seats: ended, shutOut: away }, 'e1')).toEqual([]);
  });

  it('has a leader, and as many reviewers at each leaf as the campaign wants', () => {
    expect(lacks([seat('a'), seat('b'), seat('c')])).toEqual(['没有组长']);
    const parted = [three[0]!, seat('b', { nodes: ['A', 'C'] }), seat('c', { nodes: ['A', 'B1'] })];
    expect(lacks(parted)).toEqual(['指标 B2（1 人）、B3（1 人）评分人数不足，每项须 2 人']);
    expect(uncoveredLeaves(tree, parted, 'e1', 2).map(({ code }) => code)).toEqual(['B2', 'B3']);
    // One person with two seats is still one reviewer.
    const twice = [seat('a'), seat('b', { personId: 'a', nodes: ['C'] })];
    expect(uncoveredLeaves(tree, twice, 'e1', 2)).toHaveLength(6);
  });

  it('counts seats of this evaluation that are in force on the day', () => {
    expect(lacks([...three.slice(0, 2), seat('c', { evaluations: ['e2'] })])).toHaveLength(1);
    expect(lacks(three, '2025-11-01')).toHaveLength(3);
    expect(isSeatOn(seat('a', { endedOn: '2025-10-10' }), '2025-10-10')).toBe(true);
    expect(isSeatOn(seat('a', { endedOn: '2025-10-10' }), '2025-10-11')).toBe(false);
  });

  it('a seat covers the leaves under its branches, in its evaluations', () => {
    const nodes = nodesOfLeaves(tree);
    expect(nodes.get('B1')).toEqual(['B1', 'B', '0']);
    const covers = (own: readonly string[]) =>
      [...nodes].flatMap(([code, above]) => (seatCovers(seat('a', { nodes: own }), 'e1', above) ? [code] : []));
    expect(covers(['B'])).toEqual(['B1', 'B2', 'B3']);
    expect(covers(['A1', 'C'])).toEqual(['A1', 'C']);
    expect(covers(['0'])).toHaveLength(6);
    expect(seatCovers(seat('a', { evaluations: ['e2'] }), 'e1', ['B1'])).toBe(false);
  });

  it('the proposal gives each branch to as many people as wanted, evenly and the same each time', () => {
    const seats = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    const shares = proposeShares(tree, seats, 2);
    expect(shares).toEqual(proposeShares(tree, seats, 2));
    const dealt = shares.map(({ seatId, nodes }) => seat(seatId, { nodes }));
    expect(uncoveredLeaves(tree, dealt, 'e1', 2)).toEqual([]);
    const loads = dealt.map(
      (one) => [...nodesOfLeaves(tree).values()].filter((nodes) => seatCovers(one, 'e1', nodes)).length,
    );
    expect(loads.reduce((all, one) => all + one, 0)).toBe(12);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    expect(proposeShares(tree, seats.slice(0, 2), 2).map(({ nodes }) => nodes)).toEqual([['*'], ['*']]);
    expect(proposeShares(tree, [], 2)).toEqual([]);
  });

  it('《福建省教育督导条例》: who must keep away is not seated; who may have to is seated with a reason', () => {
    const body = { written: '晋江市', unitId: 11, schoolId: null };
    const subjects = [
      { evaluationId: 'e1', name: '晋江市', unitIds: [11], schoolIds: [] },
      { evaluationId: 'e2', name: '石狮市', unitIds: [12], schoolIds: [] },
    ];
    const of = (relative: 'spouse' | 'other') =>
      avoidedBy({
        ...{ subjects, rules: readInspectorRules(inspection), on: '2025-10-15' },
        declared: { posts: [], relations: [{ relative, tie: 'works', body, post: '', note: '', until: null }] },
      });
    const [blocked, asked] = [of('spouse'), of('other')];
    expect(blocked.map(({ evaluationId, effect }) => [evaluationId, effect])).toEqual([['e1', 'block']]);
    expect(asked.map(({ effect }) => effect)).toEqual(['ask']);
    expect(seatRefusal('甲', blocked, '已认定')?.code).toBe('campaign.seatBlocked');
    expect(seatRefusal('甲', asked, null)?.code).toBe('campaign.seatAsked');
    expect(seatRefusal('甲', asked, '不影响公正')).toBeNull();
    expect(seatRefusal('甲', [], null)).toBeNull();
  });
});
