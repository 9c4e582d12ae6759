import { canonicalJson } from '../../kit/canonical-json.ts';
import type { Answer } from '../answer.ts';
import type { Indicator } from '../edition.ts';
import { answerFaults } from '../score/answer-check.ts';
import { carriedOver } from './carried-over.ts';

/** What an earlier round kept at one leaf in one layer: exact points as text, and the answer where there was one. */
export interface KeptLeaf {
  readonly points: string | null;
  readonly answer: Answer | null;
}

/**
 * How a leaf of another edition comes by what was said at an earlier one. `points`: the same is judged by the same rules, and the
 * points stand; `answer`: the same is asked, and the answer is scored anew. Nothing is carried of `otherScale` (other points, and no
 * answer but points), `otherMethod` (something else is asked), `nothingSaid` and `unmatched` (no earlier leaf corresponds).
 */
export type CarriedWay = 'points' | 'answer' | 'otherScale' | 'otherMethod' | 'nothingSaid' | 'unmatched';

/** A leaf with what it takes over. `kept` is there where its way is `points` or `answer`. */
export interface CarriedLeaf {
  readonly way: CarriedWay;
  readonly kept: KeptLeaf | null;
}

/**
 * What a leaf takes over from the earlier one that corresponds to it, for a trial: points only where they mean the same (they are never
 * put on another scale), else the answer where the same thing is asked.
 * @param from the earlier leaf; undefined where none corresponds
 */
export function carriedLeaf(from: Indicator | undefined, to: Indicator, kept: KeptLeaf | undefined): CarriedLeaf {
  if (from === undefined) return { way: 'unmatched', kept: null };
  if (kept === undefined || (kept.points === null && kept.answer === null)) return { way: 'nothingSaid', kept: null };
  const { score, answer: isSameWay } = carriedOver(from, to, { from: [], to: [] });
  if (score === 'same' && kept.points !== null) return { way: 'points', kept };
  const { answer } = kept;
  if (answer !== null && asksAlike(from, to, answer) && answerFaults(to, answer).length === 0) {
    return { way: 'answer', kept };
  }
  return { way: isSameWay ? 'otherScale' : 'otherMethod', kept: null };
}

/** Whether an answer says the same at both leaves, however many points it gives there. */
function asksAlike(from: Indicator, to: Indicator, answer: Answer): boolean {
  if ('notApplicable' in answer) return true;
  // Points alone, also beside a level, lie on the scale of their leaf.
  if ('points' in answer) return false;
  return askedOf(from) === askedOf(to);
}

/** What a leaf asks, without what it gives for it, as a text to compare. */
const askedOf = ({ method, formula, unit }: Indicator): string =>
  canonicalJson({ formula, unit, kind: method?.kind ?? null, parts: partsOf(method) });

/** The words among which an answer chooses or counts. */
function partsOf(method: Indicator['method']): unknown {
  switch (method?.kind) {
    case 'ladder':
      return method.levels.map(({ level, text }) => ({ level, text }));
    case 'choice':
      return method.options.map(({ key, text }) => ({ key, text }));
    case 'elements':
      return method.elements.map(({ text }) => text);
    case 'deduction':
      return method.items.map(({ text, per }) => ({ text, of: per?.of }));
    case 'bonus':
      return method.items.map(({ text }) => text);
    case 'threshold':
      return { scale: method.scale, parts: method.parts?.map(({ name }) => name) };
    default:
      return null;
  }
}
