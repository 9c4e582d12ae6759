import { missing } from '../../kit/value.ts';
import type { Rule } from '../edition.ts';
import type { Held } from '../result.ts';
import { rulingFact } from '../score/earlier-fact.ts';
import { either, inverse, judge } from './condition-judge.ts';
import type { ConditionReading } from './condition-reading.ts';
import type { RuleKind } from './condition-syntax.ts';
import { looksBack } from './condition-words.ts';
import { conditionOf } from './edition-conditions.ts';
import { type Judgement, lacks } from './range.ts';

/** A subject whose vetoes, caps, downgrades and preconditions were judged. */
export interface JudgedSubject {
  readonly reading: ConditionReading;
  readonly held: Readonly<Record<RuleKind, readonly Held[]>>;
  /** The first precondition that is not met. */
  readonly refused: { readonly text: string; readonly otherwise: string } | null;
}

/** Judges the rules of the edition for one subject. */
export function judgedSubject(plain: ConditionReading): JudgedSubject {
  const { preconditions = [], vetoes, caps, downgrades } = plain.prepared.edition;
  const met = preconditions.map(({ when }) => judge(conditionOf(plain.prepared, when), plain));
  // The precondition as a whole is what fails first, else what is not known.
  const precondition = inverse(either(met.map(inverse)));
  const reading = { ...plain, precondition };
  const of = (rules: readonly Rule[]) => rules.map((rule) => heldOf(rule, reading));
  const judged = { veto: of(vetoes), cap: of(caps), downgrade: of(downgrades) };
  return {
    reading: {
      ...reading,
      rules: {
        veto: judged.veto.map(({ judgement }) => judgement),
        cap: judged.cap.map(({ judgement }) => judgement),
        downgrade: judged.downgrade.map(({ judgement }) => judgement),
      },
    },
    held: {
      veto: judged.veto.map(({ held }) => held),
      cap: judged.cap.map(({ held }) => held),
      downgrade: judged.downgrade.map(({ held }) => held),
    },
    refused: preconditions.find((_, at) => met[at] === false) ?? null,
  };
}

/**
 * A rule holds if it held in any of its years, the assessed one being the first (回看年数). A trend looks back by itself, so
 * its rule is asked once. Where nobody has given what it asks, the ruling of the office counts.
 */
function heldOf(rule: Rule, reading: ConditionReading): { readonly held: Held; readonly judgement: Judgement } {
  const node = conditionOf(reading.prepared, rule.when);
  const years = looksBack(node) ? 1 : Math.max(1, rule.lookBackYears);
  const judgements = Array.from({ length: years }, (_, yearsBack) => judge(node, { ...reading, yearsBack }));
  const computed = either(judgements);
  const judgement = lacks(computed) && computed.of === 'given' ? (ruledOf(rule, reading) ?? computed) : computed;
  const yearsHeld = judgements.flatMap((one, yearsBack) => (one === true ? [yearsBack] : []));
  const held: Held = {
    code: rule.code,
    text: rule.text,
    holds: lacks(judgement) ? missing('not-filed', judgement.names) : judgement,
    years: judgement !== computed && judgement === true ? [0] : yearsHeld,
  };
  return { held, judgement };
}

/** What the office has found about a rule that the figures leave open; undefined where it has said nothing. */
function ruledOf({ code }: Rule, { reader, prepared }: ConditionReading): boolean | undefined {
  const said = reader.factOf(rulingFact(prepared.edition.key, code));
  return typeof said === 'boolean' ? said : undefined;
}
