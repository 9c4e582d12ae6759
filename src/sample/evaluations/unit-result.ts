import { digestOf } from '#core/evidence/digest.ts';
import { branchRows, conclusionText } from '#domain/evaluation/opinion.ts';
import { concludeLayer, exactPointsText, scoreLayer } from '#domain/evaluation/points/score.ts';
import { givenOf } from '#domain/evaluation/points/unit-total.ts';
import { keptResult, scoringEngine } from '#domain/evaluation/result/kept-result.ts';
import { judgedFacts, snapshotOfRules } from '#domain/evaluation/snapshot.ts';
import type { Facts } from '#domain/framework/answer.ts';
import { rulesToRule } from '#domain/framework/questions/read-facts.ts';
import type { Held } from '#domain/framework/result.ts';
import { rulingFact } from '#domain/framework/score/earlier-fact.ts';
import { isMissing } from '#domain/kit/value.ts';
import type { LaidLeaf } from './filled-leaves.ts';
import { type Judged, type Layer, settledIn } from './judged-leaves.ts';
import type { UnitScene } from './unit-scene.ts';

export type UnitResult = ReturnType<typeof unitResult>;

/**
 * What the city has judged so far, as the engine concludes it. Of rules that the figures of the sample leave open the office has
 * found that they do not hold: they come with the result, to be laid.
 */
export function unitResult(unit: UnitScene, leaves: readonly LaidLeaf[], judged: Judged, known: Facts) {
  const { prepared, context, subject, dayOf } = unit;
  const on = dayOf('preliminaryOpinion');
  const facts = judgedFacts(
    leaves.flatMap((leaf) => [...leaf.facts]),
    known,
  );
  const scene = { prepared, facts, context: { ...context, on } };
  const settled = settledIn(leaves, judged);
  const layer = (of: Layer) => scoreLayer(scene, givenOf(prepared, settled(of)));
  const [self, judgedByCity] = [layer('self'), layer('city')];
  const others = { self, city: judgedByCity, ...(subject.schoolId === null ? {} : { county: layer('county') }) };
  const first = concludeLayer(scene, judgedByCity, others);
  const isSettled = judgedByCity.provisional === null;
  const ruled = new Set(isSettled ? openRulings(unit, [...first.vetoes, ...first.caps, ...first.downgrades]) : []);
  const withRuled = withRulings(facts, ruled);
  const scored = ruled.size === 0 ? first : concludeLayer({ ...scene, facts: withRuled }, judgedByCity, others);
  const { vetoes, caps, downgrades, conclusions, actions } = scored;
  const total = scored.provisional === null ? scored.total : null;
  const points = [...judged.city].map(([code, { points: own, answer }]) => ({
    code,
    layer: 'city',
    points: own,
    answer,
  }));
  return {
    ruled: [...ruled],
    scored: { ...scored, selfTotal: self.provisional === null ? self.total : null },
    total: total === null ? null : exactPointsText(total),
    conclusion: conclusionText(scored.conclusions),
    certificate: {
      ...{ hash: prepared.hash, engine: scoringEngine, on, points: digestOf(points) },
      branches: branchRows({ prepared, scored }),
      facts: snapshotOfRules(prepared, withRuled, on),
      concluded: { vetoes, caps, downgrades, conclusions, actions },
      results: keptResult(scored),
    },
  };
}

/** The rulings by which rules are decided that no figure decides. */
function openRulings({ prepared }: UnitScene, rules: readonly Held[]): string[] {
  const mayRule = new Set(rulesToRule(prepared).map(({ code }) => code));
  const open = rules.filter(({ code, holds }) => isMissing(holds) && mayRule.has(code));
  return open.map(({ code }) => rulingFact(prepared.edition.key, code));
}

const withRulings = (facts: Facts, ruled: ReadonlySet<string>): Facts => ({
  members: facts.members,
  read: (name, back) => (ruled.has(name) && back === 0 ? { value: false, source: 'entered' } : facts.read(name, back)),
});
