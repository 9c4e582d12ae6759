import { cyclesOf } from './cycles.ts';
import { inspectionRules } from './inspection-rules.ts';
import { type ClockInput, type ClockReading, Findings } from './reading.ts';
import { termVisits } from './term-visits.ts';

/**
 * Reads the clock of the law: what is owed, late or missing, by which article (《教育督导条例》, 国务院令第 624 号, 第十四条 and 第十六条 to 第二十三条).
 * One pass over the inspections and one over the visits. Whatever is unknown is counted and never called a breach.
 */
export function readClock(input: ClockInput): ClockReading {
  const findings = new Findings(input);
  const judge = inspectionRules(input, findings);
  const cycles = cyclesOf(input, findings);
  let next = 0;
  for (const subject of input.subjects) {
    const begin = next;
    while (input.inspections[next]?.subjectId === subject.id) {
      judge(input.inspections[next]!);
      next += 1;
    }
    cycles(subject, input.inspections, begin, next);
  }
  if (next < input.inspections.length) throw new TypeError('inspections lie in the order of the subjects');
  termVisits(input, findings);
  return { dues: findings.dues, counts: findings.counts };
}
