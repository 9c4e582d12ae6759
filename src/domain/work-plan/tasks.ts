import { writtenText } from './written-text.ts';

const opening = '“‘《（(【「〔';
const closing = '”’》）)】」〕';
/**
 * Words with which a sentence says the aim or a detail of the one before it. Such a sentence is no task by itself: 力争通过
 * 省级检查 can only be done by doing what stands before it.
 */
const goingOn = /^(?:力争|确保|不断|从而|以此|为此|其中|通过上述|进一步|推动实现|促进)/;

/**
 * Divides the text of a point into tasks: after each 。 and ； that stands in no brackets and no quotation. A sentence that
 * only says the aim of the one before stays with it, and so does what has no word in it. A person joins and splits what
 * this rule gets wrong. The parts joined are the text, to the character.
 */
export function taskParts(text: string): string[] {
  const parts: string[] = [];
  for (const sentence of sentencesOf(text)) {
    const says = writtenText(sentence);
    const belongsBefore = parts.length > 0 && (goingOn.test(says) || !/[\p{L}\p{N}]/u.test(says));
    if (belongsBefore) parts[parts.length - 1] += sentence;
    else parts.push(sentence);
  }
  // What has no word in it and stands first belongs to what follows.
  if (parts.length > 1 && !/[\p{L}\p{N}]/u.test(parts[0]!)) parts.splice(0, 2, parts[0]! + parts[1]!);
  return parts;
}

function sentencesOf(text: string): string[] {
  // A bracket that nobody closes would swallow the rest of the point.
  const signs = [...text];
  const balance = signs.reduce(
    (depth, sign) => depth + Number(opening.includes(sign)) - Number(closing.includes(sign)),
    0,
  );
  const sentences: string[] = [];
  let sentence = '';
  let depth = 0;
  let ended = false;
  for (const sign of signs) {
    // Blanks and closing quotes behind the stop belong to the sentence that it ends.
    if (ended && !/\s/.test(sign)) {
      sentences.push(sentence);
      sentence = '';
      ended = false;
    }
    sentence += sign;
    if (balance === 0) depth += Number(opening.includes(sign)) - Number(closing.includes(sign));
    if (depth <= 0 && /[。；;]/.test(sign)) ended = true;
  }
  return sentence === '' ? sentences : [...sentences, sentence];
}

/** Several tasks as one, in their order. */
export function joinedTasks(texts: readonly string[]): string {
  return texts.map((text) => text.trim()).join('');
}
