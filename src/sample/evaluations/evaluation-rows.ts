import { systemName } from '#core/audit/audit.store.ts';
import { soundsOf } from '#core/directory/initials.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { periodDays, periodName } from '#domain/calendar/period.ts';
import { nodesOfLeaves } from '#domain/evaluation/campaign/panel.ts';
import type { StepDays } from '#domain/evaluation/campaign/timetable.ts';
import { isBefore, kindOf, stepsFor } from '#domain/evaluation/kind.ts';
import type { EvaluationStep, OpinionCommentKind } from '#domain/evaluation/lists.ts';
import {
  branchRows,
  conclusionText,
  type OpinionLetterScene,
  type ReleasedFinding,
} from '#domain/evaluation/opinion.ts';
import {
  concludeLayer,
  exactPointsText,
  readExactPoints,
  scoreLayer,
  scoreOneLeaf,
} from '#domain/evaluation/points/score.ts';
import { settledReason, settleScores, spreadOf } from '#domain/evaluation/points/settle.ts';
import { givenOf, type UnitLeaf, unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { keptResult, scoringEngine } from '#domain/evaluation/result/kept-result.ts';
import { judgedFacts, keptFacts, type SnapshotLeaf, snapshotOf, snapshotOfRules } from '#domain/evaluation/snapshot.ts';
import type { Answer, Facts } from '#domain/framework/answer.ts';
import { rulesToRule } from '#domain/framework/questions/read-facts.ts';
import type { Held, Prepared, PreparedLeaf } from '#domain/framework/result.ts';
import { rulingFact } from '#domain/framework/score/earlier-fact.ts';
import { toNumber } from '#domain/kit/decimal.ts';
import { type Generator, generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { isMissing } from '#domain/kit/value.ts';
import { decisionYearOf, momentOn, roundDays } from '../calendar.ts';
import { sampleEdition } from '../editions.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SamplePerson, SampleRaised, SampleRound, SampleRoundSubject, SampleSeat } from '../model.ts';
import type { Laying } from '../part.ts';
import { colleagueOf } from '../sign-ins.ts';
import { drawnAnswer } from './answers.ts';
import { EvaluationTables } from './evaluation-tables.ts';
import { sampleWords } from './evaluations.shape.ts';
import { EvidenceRows } from './evidence-rows.ts';
import { type Entered, enteredOf, factsOf } from './facts.ts';
import { RoundLetters } from './round-letters.ts';

/** The calendar years of which somebody of the sample is asked. */
const calendarYears = [2020, 2021, 2022, 2023, 2024, 2025] as const;
const firstCalendarPeriod = 101;

type Layer = 'self' | 'county' | 'city';
type Hand = Pick<SamplePerson, 'id' | 'name' | 'role'>;

/** What stands at one leaf. */
interface LaidLeaf extends SnapshotLeaf {
  readonly prepared: PreparedLeaf;
  readonly nodes: readonly string[];
  readonly version: number;
  readonly self: { readonly answer: Answer | null; readonly points: string | null } | null;
  readonly points: string | null;
}

/** One score as it stands. */
interface Given {
  readonly seat: SampleSeat;
  readonly answer: Answer;
  readonly points: string | null;
  readonly agreed: boolean;
}

/** What of a leaf a layer has settled. */
interface Settled {
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly way: 'one' | 'mean' | 'trimmed' | 'talk' | 'adopted';
}

/** The rows of all evaluations of the rounds, with every figure as the engine of the product gives it. */
export async function evaluationRows(city: SampleCity, raised: readonly SampleRaised[], laying: Laying) {
  const { today, standing, files } = laying;
  const ids = sampleIds(generator(`${city.seed} evaluations`), '2024-01-09T08:00:00+08:00');
  const place = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const officer = city.people.find(({ role }) => role === 'city-officer')!;
  const second = city.people.find(({ role }) => role === 'section-officer')!;
  const tables = new EvaluationTables();
  const evidence = new EvidenceRows(city, files, tables, place.id);
  const letters = new RoundLetters(city, laying);
  const answers = new Map<string, number>();
  const lastTotals = new Map<string, { total: string; grade: string }>();
  for (const [at, year] of calendarYears.entries()) {
    const { startsOn, endsOn } = periodDays({ kind: 'calendar-year', year });
    const name = periodName({ kind: 'calendar-year', year });
    tables.periods.add(firstCalendarPeriod + at, 'calendar-year', year, name, startsOn, endsOn);
  }
  for (const round of city.rounds) {
    letters.notice(round);
    const sounds = await soundsOf(round.subjects.map(({ name }) => name));
    for (const [at, subject] of round.subjects.entries()) addOne(round, subject, sounds[at]!, at);
  }
  evidence.addResemblances(() => ids.next(), standing);
  return { tables: tables.all(evidence.hanging.table), series: [letters.series()] };

  function addOne(round: SampleRound, subject: SampleRoundSubject, sound: string, at: number): void {
    const { kind, rules, assessmentYear, title } = round;
    const { id, placeId, schoolId, state } = subject;
    const draw = generator(`${city.seed} evaluation ${id}`);
    const prepared = sampleEdition(kind);
    const decisionYear = decisionYearOf(round, today);
    const hands = handsOf(placeId, schoolId);
    const step = (state === 'closed' || state === 'cancelled' ? 'rectification' : state) as EvaluationStep;
    const isPast = (one: EvaluationStep) => one !== step && isBefore(kind, one, step);
    const days = daysOf(round, step);
    const dayOf = (one: EvaluationStep) => clip(days.find((own) => own.step === one)?.to ?? today);
    const opened = momentOn(days[0]!.from, 40 + at, standing);
    const isHandedIn = isPast('selfEvaluation');
    const isReturned =
      kind === 'county-inspection' ? state === 'materialReview' : step === 'selfEvaluation' && at % 4 === 1;
    const filled = step === 'notice' ? 0 : isHandedIn || isReturned ? 1 : 0.5;

    const entered =
      filled === 1
        ? addFacts(
            subject,
            enteredOf(prepared, schoolId !== null, assessmentYear, draw.fork('facts')),
            hands[0],
            opened,
          )
        : [];
    const known = factsOf(city, subject, assessmentYear, entered);
    const before = lastTotals.get(`${placeId} ${schoolId}`);
    const context = {
      occasion: before === undefined ? ('first' as const) : ('again' as const),
      evaluations: {
        [prepared.edition.key]: before === undefined ? [] : [{ grade: before.grade, total: Number(before.total) }],
      },
    };
    const snapshot = snapshotOf(prepared, known, { ...context, on: days[0]!.from }, clip(days[0]!.from));
    const nodes = nodesOfLeaves(prepared);
    const persons = snapshot.filter(({ origin, applies }) => origin === 'person' && applies !== false);
    const answered = new Set(persons.slice(0, Math.round(persons.length * filled)).map(({ code }) => code));
    const sentBack = isReturned ? persons.slice(2, 5).map(({ code }) => code) : [];
    const leaves = snapshot.map((leaf, index): LaidLeaf => {
      const own = prepared.leaves[index]!;
      const answer = answered.has(leaf.code) ? drawnAnswer(own.indicator, draw.fork(`self ${leaf.code}`), false) : null;
      const points = answer === null ? leaf.points : pointsOf(prepared, leaf, answer);
      const version = 1 + (answer === null ? 0 : 1) + (sentBack.includes(leaf.code) && isHandedIn ? 1 : 0);
      return {
        ...leaf,
        ...{ prepared: own, nodes: nodes.get(leaf.code) ?? [leaf.code], version, points },
        self: answer === null ? null : { answer, points },
      };
    });

    const seats = round.seats;
    const shown = !['notice', 'selfEvaluation'].includes(step) && !isPast('preliminaryOpinion');
    const outside = shown ? seats.filter(({ part }) => part === 'expert').map((one) => one.id) : [];
    const judged = judgedLeaves(round, leaves, seats, { step, isPast, draw, prepared });
    const listsOf = (leaf: LaidLeaf) => {
      const on = seats.filter((seat) => reaches(seat, leaf));
      const gave = new Set((judged.scores.get(leaf.code) ?? []).map(({ seat }) => seat.person.id));
      const owes = rules.blind && !round.isClosed && !judged.talks.has(leaf.code);
      return {
        seats: shown ? on.filter(({ part }) => part === 'expert').map((one) => one.id) : [],
        owing: owes
          ? on.filter(({ scores, person }) => scores && !gave.has(person.id)).map(({ person }) => person.id)
          : [],
      };
    };
    const judges =
      rules.blind && !round.isClosed ? seats.filter(({ scores }) => scores).map(({ person }) => person.id) : [];

    const countyDay = dayOf('countyReview');
    const judgedOn = clip(addDays(days.find((own) => own.step === 'materialReview')?.from ?? today, 3));
    for (const [index, leaf] of leaves.entries()) {
      const { seats: readers, owing } = listsOf(leaf);
      const isBack = sentBack.includes(leaf.code) && !isHandedIn;
      const isFilled = leaf.origin === 'data' ? leaf.isFilled : leaf.self !== null;
      const isUnknown = filled === 1 && leaf.origin === 'data' && !leaf.isFilled;
      const by = isFilled ? (leaf.origin === 'data' ? systemName : hands[0].name) : isUnknown ? hands[0].name : null;
      const note = isUnknown
        ? sampleWords.unknown
        : leaf.self === null
          ? ''
          : draw.fork(`note ${leaf.code}`).pick(sampleWords.notes);
      const objects =
        isHandedIn && leaf.origin === 'data' && leaf.isFilled && draw.fork(`no ${leaf.code}`).chance(0.03);
      tables.leaves.add(
        ...[placeId, id, leaf.code, schoolId, readers, index + 1, leaf.nodes, leaf.origin, JSON.stringify(leaf.facts)],
        ...[leaf.applies, note, objects ? sampleWords.objection : null, null],
        ...[isBack ? sampleWords.returned[index % sampleWords.returned.length]! : null, by],
        ...[by === null ? null : momentOn(clip(addDays(days[0]!.from, 10 + (index % 20))), index, standing)],
        ...[JSON.stringify(besideOf(round, subject, leaf.code)), leaf.version],
      );
      const said =
        leaf.self === null ? (leaf.trace.length > 0 ? { trace: leaf.trace } : null) : { given: leaf.self.answer };
      tables.addPoints(
        ...([placeId, id, leaf.code, 'self', placeId, schoolId, readers, owing] as const),
        ...([said, leaf.points, '', 'self', leaf.version, by ?? systemName, opened] as const),
      );
      for (const { seat, answer, points, agreed } of judged.scores.get(leaf.code) ?? []) {
        const reason = agreed ? '' : draw.fork(`why ${leaf.code} ${seat.id}`).pick(reasonsFor(points, leaf.points));
        tables.scores.add(
          ...[
            place.id,
            ids.next(),
            id,
            round.id,
            placeId,
            leaf.code,
            'city',
            seat.id,
            seat.person.id,
            seat.person.name,
          ],
          ...[readers, owing.filter((one) => one !== seat.person.id), { ...answer }, points, reason, agreed, false],
          ...[leaf.version, seenOf(leaf, note), 1, momentOn(judgedOn, 30 + index, standing)],
        );
      }
      for (const layer of ['county', 'city'] as const) {
        const settled = judged[layer].get(leaf.code);
        if (settled === undefined) continue;
        const isCity = layer === 'city';
        const writer = isCity ? second.name : hands[2].name;
        const on = isCity ? judgedOn : countyDay;
        if (!isCity) {
          tables.scores.add(
            ...[
              placeId,
              ids.next(),
              id,
              round.id,
              placeId,
              leaf.code,
              'county',
              null,
              hands[2].id,
              hands[2].name,
              [],
              [],
            ],
            ...[{ ...settled.answer }, settled.points, '', settled.way === 'adopted', true, leaf.version],
            ...[seenOf(leaf, note), 1, momentOn(on, 30 + index, standing)],
          );
        }
        tables.addPoints(
          ...([
            isCity ? place.id : placeId,
            id,
            leaf.code,
            layer,
            placeId,
            null,
            isCity ? readers : [],
            isCity ? owing : [],
          ] as const),
          ...([
            settled.answer === null ? null : { given: settled.answer },
            settled.points,
            reasonOf(settled),
            settled.way,
            leaf.version,
            writer,
            momentOn(on, 60 + index, standing),
          ] as const),
        );
      }
      const talk = judged.talks.get(leaf.code);
      if (talk !== undefined) {
        const end = talk.points === null ? null : momentOn(judgedOn, 200 + index, standing);
        tables.talks.add(
          ...[place.id, id, leaf.code, 'city', leaf.version, placeId, readers, owing, talk.spread, second.name],
          ...[momentOn(judgedOn, 100 + index, standing), end === null ? '' : sampleWords.talk, talk.points],
          ...[end === null ? null : officer.name, end],
        );
      }
    }

    for (const { id: seatId, person, part, scores, nodes: own } of seats) {
      tables.reviewers.add(
        ...[place.id, id, seatId, placeId, person.id, person.name, part === 'expert', part, scores, own],
        ...[scores ? opened : null, round.isClosed ? days.at(-1)!.to : null],
      );
    }
    const settledOf =
      (layer: Layer) =>
      (code: string): UnitLeaf => {
        const leaf = leaves.find((one) => one.code === code)!;
        if (layer === 'self') {
          const isOpen = leaf.points === null;
          return {
            applies: leaf.applies,
            settled: isOpen ? undefined : { points: leaf.points, answer: leaf.self?.answer ?? null },
          };
        }
        const own = judged[layer].get(code);
        return { applies: leaf.applies, settled: own && { points: own.points, answer: own.answer } };
      };
    const writeTotal = (layer: Layer) => {
      const { total, from, to } = unitTotal(prepared, settledOf(layer));
      const isReleased = isPast('preliminaryOpinion');
      tables.totals.add(
        ...[layer === 'city' ? place.id : placeId, id, layer, placeId, layer === 'self' ? schoolId : null],
        ...[isReleased ? [] : judges, total ?? from, total === null ? { from, to } : null],
        ...[{ edition: prepared.hash, day: clip(days[0]!.from) }, opened],
      );
    };
    writeTotal('self');
    if (judged.county.size > 0) writeTotal('county');
    if (judged.city.size > 0) writeTotal('city');

    const handins = isHandedIn ? (isReturned ? 2 : 1) : isReturned ? 1 : 0;
    const handedOn = dayOf('selfEvaluation');
    for (let turn = 1; turn <= handins; turn += 1) {
      const on = isReturned && turn === 1 ? clip(addDays(handedOn, -9)) : handedOn;
      tables.handins.add(
        ...[placeId, id, turn, schoolId, hands[0].id, hands[0].name, momentOn(on, 30, standing)],
        ...[hands[1].id, hands[1].name, momentOn(on, 90, standing)],
      );
    }
    const isReleased = isPast('preliminaryOpinion');
    const isDecided = isPast('confirmation');
    const result = judged.city.size === 0 ? null : resultOf();
    const releasedAt = isReleased ? momentOn(dayOf('preliminaryOpinion'), 60, standing) : null;
    const comments = Object.entries(sampleWords.comments).map(([name, text]) => ({
      kind: name as OpinionCommentKind,
      code: null,
      text,
    }));
    if (isDecided && result !== null && result.total !== null) {
      lastTotals.set(`${placeId} ${schoolId}`, { total: result.total, grade: result.conclusion ?? '' });
    }
    if (isReleased) {
      for (const [code, { points, way }] of judged.city) {
        tables.releases.add(placeId, id, code, schoolId, points, reasonOf({ points, way }), releasedAt);
      }
    }
    let findings: readonly ReleasedFinding[] = [];
    if (result !== null && (isPast('siteVisit') || isReleased)) {
      const confirmed = isDecided ? momentOn(dayOf('confirmation'), 60, standing) : null;
      tables.opinions.add(
        ...[place.id, id, placeId, isDecided ? 'confirmed' : step === 'confirmation' ? 'submitted' : 'draft'],
        ...[JSON.stringify(comments), result.total, result.conclusion, result.certificate, second.id, second.name],
        ...[
          isDecided ? officer.id : null,
          isDecided ? officer.name : null,
          confirmed,
          confirmed ?? releasedAt ?? standing,
        ],
      );
      findings = addFindings(isDecided);
    }
    const issued = (which: 'opinion' | 'result', on: Day) =>
      result === null ? null : letters.conclude(which, round, subject, { scene: letterScene(result.scored), on });
    const opinionLetterId = isPast('opinionLetter') ? issued('opinion', dayOf('opinionLetter')) : null;
    const resultLetterId = isDecided ? issued('result', dayOf('confirmation')) : null;
    tables.evaluations.add(
      ...[
        placeId,
        id,
        place.id,
        round.id,
        kind,
        title,
        assessmentYear,
        decisionYear,
        prepared.edition.key,
        1,
        prepared.hash,
      ],
      ...[
        placeId,
        schoolId,
        subject.name,
        place.id,
        { ...rules },
        step,
        state === 'closed' ? null : (days.find((one) => one.step === step)?.to ?? null),
        state === 'closed' ? 'closed' : 'open',
        outside,
      ],
      ...[isReturned ? { reason: '部分材料需要补充', codes: sentBack, round: 1 } : null],
      ...[isReleased ? result!.total : null, isReleased ? result!.conclusion : null],
      ...[
        isReleased ? JSON.stringify({ comments, findings }) : null,
        isReleased ? JSON.stringify(result!.certificate.results) : null,
        releasedAt,
        isReleased ? addDays(dayOf('preliminaryOpinion'), 10) : null,
      ],
      ...[isDecided ? dayOf('confirmation') : null, round.noticeLetterId, opinionLetterId, resultLetterId],
      ...[2 + stepsFor(kind, 'county').filter((one) => isPast(one.step)).length],
      ...[opened, opened, sound],
    );
    if (step === 'statement' || (isPast('statement') && at % 3 === 0)) {
      const answeredOn = isPast('statement') ? dayOf('statement') : null;
      tables.statements.add(
        ...[placeId, id, ids.next(), schoolId, leaves.find(({ origin }) => origin === 'person')!.code, false],
        ...[sampleWords.statement, hands[1].name, clip(addDays(dayOf('preliminaryOpinion'), 2))],
        ...[answeredOn === null ? null : true, answeredOn === null ? null : sampleWords.answer],
        ...[answeredOn === null ? null : officer.name, answeredOn],
      );
    }
    for (const [index, own] of days.entries()) {
      const late =
        own.step === step && own.to > (roundDays(round, today).find((one) => one.step === own.step)?.to ?? own.to);
      tables.steps.add(
        ...[placeId, id, own.step, schoolId, place.id, outside, index + 1, own.from, own.to],
        ...[
          isPast(own.step) || state === 'closed' ? clip(own.to) : null,
          late ? '受汛期影响，经市督导室同意延期' : null,
        ],
      );
    }
    addCourse();
    if (!round.isClosed && filled > 0) {
      evidence.add(
        { id, placeId, schoolId, lockedAt: isHandedIn ? momentOn(handedOn, 90, standing) : null, round: at },
        persons
          .filter(({ code }) => answered.has(code))
          .map(({ code }) => {
            const leaf = leaves.find((one) => one.code === code)!;
            return { code, seats: listsOf(leaf).seats };
          }),
        hands[0],
        { received: clip(addDays(days[0]!.from, 12)), at: momentOn(clip(addDays(days[0]!.from, 12)), 50, standing) },
      );
    }

    /** Of rules that the figures of the sample leave open the office has found that they do not hold. */
    function rulingsOf(rules: readonly Held[]): ReadonlySet<string> {
      const mayRule = new Set(rulesToRule(prepared).map(({ code }) => code));
      const open = rules.filter(({ code, holds }) => isMissing(holds) && mayRule.has(code));
      const names = open.map(({ code }) => rulingFact(prepared.edition.key, code));
      const periodId = firstCalendarPeriod + (calendarYears as readonly number[]).indexOf(assessmentYear);
      for (const name of names) {
        tables.facts.add(
          ...[placeId, ids.next(), schoolId === null ? 'unit' : 'school', schoolId ?? placeId, name, periodId],
          ...['false', 'question', sampleWords.documents[0]!, officer.id, officer.name],
          momentOn(dayOf('siteVisit'), 30, standing),
        );
      }
      return new Set(names);
    }

    function resultOf() {
      const scene = {
        prepared,
        facts: judgedFacts(
          leaves.flatMap((leaf) => [...leaf.facts]),
          known,
        ),
        context: { ...context, on: dayOf('preliminaryOpinion') },
      };
      const layer = (of: Layer) => scoreLayer(scene, givenOf(prepared, settledOf(of)));
      const [self, judgedByCity] = [layer('self'), layer('city')];
      const others = { self, city: judgedByCity, ...(schoolId === null ? {} : { county: layer('county') }) };
      const first = concludeLayer(scene, judgedByCity, others);
      const isSettled = judgedByCity.provisional === null;
      const ruled = rulingsOf(isSettled ? [...first.vetoes, ...first.caps, ...first.downgrades] : []);
      const facts = withRulings(scene.facts, ruled);
      const scored = ruled.size === 0 ? first : concludeLayer({ ...scene, facts }, judgedByCity, others);
      const { vetoes, caps, downgrades, conclusions, actions } = scored;
      const total = scored.provisional === null ? scored.total : null;
      const points = [...judged.city].map(([code, { points: own, answer }]) => ({
        code,
        layer: 'city',
        points: own,
        answer,
      }));
      return {
        scored: { ...scored, selfTotal: self.provisional === null ? self.total : null },
        total: total === null ? null : exactPointsText(total),
        conclusion: conclusionText(scored.conclusions),
        certificate: {
          ...{ hash: prepared.hash, engine: scoringEngine, on: dayOf('preliminaryOpinion'), points: digestOf(points) },
          branches: branchRows({ prepared, scored }),
          facts: snapshotOfRules(prepared, facts, dayOf('preliminaryOpinion')),
          concluded: { vetoes, caps, downgrades, conclusions, actions },
          results: keptResult(scored),
        },
      };
    }

    /** What an opinion letter says, as the product reads it. */
    function letterScene({ selfTotal, ...scored }: NonNullable<typeof result>['scored']): OpinionLetterScene {
      const visit = days.find((own) => own.step === 'siteVisit');
      const spoke = at % 3 === 0 ? 1 : 0;
      return {
        ...{ evaluationId: id, kind, subjectName: subject.name, assessmentYear, prepared, selfTotal, scored },
        conclusions: scored.conclusions,
        visited: visit === undefined ? null : { from: clip(visit.from), to: clip(visit.to) },
        comments,
        findings: findings.map(({ title: what, code, dutyType, dutyId, dueOn }) => ({
          ...{ title: what, code, dueOn },
          duty: dutyType === null || dutyId === null ? null : { type: dutyType, id: dutyId, name: subject.name },
        })),
        statements: { made: spoke, accepted: spoke, waived: spoke === 0 },
        factsOn: clip(days[0]!.from),
        readAt: momentOn(dayOf('opinionLetter'), 30, standing).toISOString(),
      };
    }

    /** Lays the findings of the panel, and returns them as a release keeps them for the subject. */
    function addFindings(isRaised: boolean): readonly ReleasedFinding[] {
      const own = raised.filter(({ source }) => source.type === 'evaluations' && source.id === id);
      const confirmed = isRaised ? momentOn(dayOf('confirmation'), 60, standing) : null;
      const drafted = momentOn(dayOf('preliminaryOpinion'), 30, standing);
      const found: ReleasedFinding[] = own.map((one) => ({
        ...{ id: one.id, code: one.source.key.split(' ')[0]!, kind: one.kind, title: one.title, body: one.body },
        ...{ dutyType: 'unit', dutyId: placeId, dueOn: addDays(dayOf('confirmation'), one.dueIn) },
      }));
      if (!isRaised) {
        const { code, measure: _, ...said } = sampleWords.findings[0]!;
        found.push({
          ...{ id: ids.next(), code: prepared.byCode.has(code) ? code : null, ...said },
          ...{
            dutyType: schoolId === null ? 'unit' : 'school',
            dutyId: schoolId ?? placeId,
            dueOn: addDays(today, 90),
          },
        });
      }
      for (const one of found) {
        tables.findings.add(
          ...[place.id, one.id, id, placeId, one.code, one.kind, one.title, one.body, one.dutyType, one.dutyId],
          ...[one.dueOn, second.name, drafted, confirmed],
        );
      }
      return found;
    }

    /** The acts on the way, each with its day and its hand. */
    function addCourse(): void {
      const add = (
        ...[action, from, to, by, on, minutes, reason]: [string, string, string, Hand, Day, number, (string | null)?]
      ) =>
        tables.course.add(
          ...[placeId, ids.next(), 'evaluation', id, schoolId, action, from, to, by.id, by.name, by.role],
          ...[momentOn(clip(on), minutes, standing), reason ?? null],
        );
      add('opened', 'notice', 'notice', officer, days[0]!.from, 40);
      const own = kindOf(kind).steps;
      for (const [index, { step: one, opensNext, by }] of own.entries()) {
        if (handins > 0 && one === 'selfEvaluation') {
          add('submit', one, one, hands[0], handedOn, 30);
          add('confirmSelf', one, one, hands[1], handedOn, 90);
          if (isReturned && !isHandedIn)
            add('return', one, one, by === 'subject' && schoolId !== null ? hands[2] : officer, handedOn, 120);
        }
        if (!isPast(one)) break;
        const hand = one === 'countyReview' ? hands[2] : officer;
        add(opensNext, one, own[index + 1]!.step, hand, dayOf(one), 120);
      }
      if (state !== 'closed') return;
      const goesOn = raised.some(({ source, state: stands }) => source.id === id && stands !== 'closed');
      const why = goesOn ? sampleWords.finished : null;
      add('finish', 'rectification', 'closed', officer, days.at(-1)!.to, 130, why);
    }
  }

  function clip(day: Day): Day {
    return day > today ? today : day;
  }

  /** The days of a subject: those of the round, moved so that its present step lies around the day of the sample. */
  function daysOf(round: SampleRound, step: EvaluationStep): StepDays[] {
    const planned = roundDays(round, today);
    if (round.isClosed) return planned;
    const own = planned.find((one) => one.step === step)!;
    if (own.to >= today && own.from <= today) return planned;
    // Whoever is behind has more days; whoever is ahead has done its steps before their time.
    if (own.to < today) {
      return planned.map((one) =>
        one.step === step ? { ...one, to: addDays(today, 6) } : one.from > own.to ? shiftFrom(one, own.to) : one,
      );
    }
    return planned;
  }

  function shiftFrom(one: StepDays, end: Day): StepDays {
    const by = Math.round((Date.parse(addDays(today, 6)) - Date.parse(end)) / 86_400_000);
    return { step: one.step, from: addDays(one.from, by), to: addDays(one.to, by) };
  }

  /** Who writes for the subject, who confirms, and who reviews a school for its county. */
  function handsOf(placeId: number, schoolId: number | null): readonly [Hand, Hand, Hand] {
    const of = (fits: (one: SamplePerson) => boolean) =>
      city.people.find((one) => one.unitId === placeId && one.schoolId === null && fits(one))!;
    const writes = of(({ role }) => role === 'county-officer');
    const confirms = of(({ role }) => role === 'county-director');
    if (schoolId === null) return [writes, confirms, writes];
    const own = (role: string) => city.people.find((one) => one.role === role && one.schoolId === schoolId);
    const clerk = own('school-clerk');
    // Whoever has filled the self-evaluation in the school's stead judges none of it.
    const reviews = clerk === undefined ? of(({ username }) => username.startsWith(colleagueOf)) : writes;
    return [clerk ?? writes, own('school-head') ?? confirms, reviews];
  }

  /** Lays what was entered; what an earlier round has entered of a year stands. */
  function addFacts(
    { placeId, schoolId }: SampleRoundSubject,
    entered: readonly Entered[],
    by: Hand,
    at: Date,
  ): Entered[] {
    return entered.flatMap((one, index) => {
      const { name, period, year, value } = one;
      const calendar = (calendarYears as readonly number[]).indexOf(year);
      const ofCalendar = calendar < 0 ? undefined : firstCalendarPeriod + calendar;
      const periodId = period === 'calendarYear' ? ofCalendar : schoolYearPeriods.get(year);
      if (periodId === undefined) return [];
      const key = `${placeId} ${schoolId} ${name} ${periodId}`;
      const before = answers.get(key);
      if (before !== undefined) return [{ ...one, value: before }];
      answers.set(key, value);
      const document = sampleWords.documents[index % sampleWords.documents.length]!;
      tables.facts.add(
        ...[placeId, ids.next(), schoolId === null ? 'unit' : 'school', schoolId ?? placeId, name, periodId],
        ...[value, 'evaluations', document, by.id, by.name, at],
      );
      return [one];
    });
  }

  /** What stands beside a leaf of the round before: what it found there, and the points. */
  function besideOf(round: SampleRound, { placeId }: SampleRoundSubject, code: string): Record<string, unknown> {
    if (round.earlierId === null) return {};
    const earlier = city.rounds.find(({ id }) => id === round.earlierId)!;
    const before = earlier.subjects.find((one) => one.placeId === placeId);
    if (before === undefined) return {};
    const found = raised.filter(({ source }) => source.id === before.id && source.key.startsWith(`${code} `));
    return {
      findings: found.map(({ title, state }) => ({
        ...{ title, state: state === 'closed' ? '已销号' : '整改中', year: earlier.assessmentYear },
        closedOn: null,
      })),
      earlier: [],
    };
  }
}

const withRulings = (facts: Facts, ruled: ReadonlySet<string>): Facts => ({
  members: facts.members,
  read: (name, back) => (ruled.has(name) && back === 0 ? { value: false, source: 'entered' } : facts.read(name, back)),
});

/** The ids of the school years, as the filings of the sample lay them. */
const schoolYearPeriods: ReadonlyMap<number, number> = new Map([
  [2023, 1],
  [2024, 2],
  [2025, 3],
]);

const reaches = ({ nodes }: SampleSeat, leaf: LaidLeaf) =>
  nodes.includes('*') || nodes.some((one) => leaf.nodes.includes(one));

const seenOf = ({ version, facts, self, points }: LaidLeaf, note: string): Record<string, unknown> => ({
  ...{ leafVersion: version, facts, note, objection: null, evidence: [] },
  self: points === null ? null : { answer: self?.answer ?? null, points },
});

function pointsOf(prepared: Prepared, leaf: SnapshotLeaf, answer: Answer): string | null {
  const scene = { prepared, facts: keptFacts(leaf.facts), context: {} };
  const { points } = scoreOneLeaf(scene, leaf.code, answer, false);
  return points === null ? null : exactPointsText(points);
}

interface Judged {
  readonly scores: ReadonlyMap<string, readonly Given[]>;
  readonly county: ReadonlyMap<string, Settled>;
  readonly city: ReadonlyMap<string, Settled>;
  /** Points: null while the talk is open. */
  readonly talks: ReadonlyMap<string, { readonly spread: string; readonly points: string | null }>;
}

interface JudgingScene {
  readonly step: EvaluationStep;
  readonly isPast: (step: EvaluationStep) => boolean;
  readonly draw: Generator;
  readonly prepared: Prepared;
}

/** How far the panel is: in the review of the material one of two has scored, at the visit both, and afterwards all is settled. */
function judgedLeaves(
  { rules, kind }: SampleRound,
  leaves: readonly LaidLeaf[],
  seats: readonly SampleSeat[],
  { step, isPast, draw, prepared }: JudgingScene,
): Judged {
  const scores = new Map<string, Given[]>();
  const county = new Map<string, Settled>();
  const city = new Map<string, Settled>();
  const talks = new Map<string, { spread: string; points: string | null }>();
  const byCounty = kind === 'school-evaluation';
  const isAll = isPast('siteVisit') || step === 'siteVisit';
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.applies === false) continue;
    const reviewing = byCounty && (isPast('countyReview') || (step === 'countyReview' && index % 2 === 0));
    if (reviewing) county.set(leaf.code, judgedOnce(leaf, draw.fork(`county ${leaf.code}`), prepared));
    if (step !== 'materialReview' && !isAll) continue;
    const on = seats.filter((seat) => seat.scores && reaches(seat, leaf));
    // One of two has scored two leaves of three; where one judges a leaf, half of them are done.
    const giving = isAll ? on : on.length > 1 ? (index % 3 === 2 ? [] : on.slice(-1)) : index % 2 === 0 ? on : [];
    if (giving.length === 0) continue;
    const given = giving.map((seat): Given => {
      const { answer, points, way } = judgedOnce(leaf, draw.fork(`city ${leaf.code} ${seat.id}`), prepared);
      return { seat, answer: answer!, points, agreed: way === 'adopted' };
    });
    scores.set(leaf.code, given);
    const settled = settleScores(
      leaf.prepared.indicator,
      given.map(({ seat, answer, points, agreed }) => ({
        ...{ personId: seat.person.id, answer, adopted: agreed },
        points: points === null ? null : readExactPoints(points),
      })),
      on.length - given.length,
      rules,
    );
    if (settled.kind === 'settled') {
      const { points, answer, way } = settled;
      city.set(leaf.code, { points: points === null ? null : exactPointsText(points), answer, way });
    }
    if (settled.kind === 'talk') {
      const known = given.flatMap(({ points }) => (points === null ? [] : [readExactPoints(points)]));
      // At the visit the first talk is still open; afterwards all have ended with what the stricter one saw.
      const isOpen = step === 'siteVisit' && talks.size === 0;
      const least = [...given].sort((one, other) => numberOf(one) - numberOf(other))[0]!;
      talks.set(leaf.code, { spread: exactPointsText(spreadOf(known)), points: isOpen ? null : least.points });
      if (!isOpen) city.set(leaf.code, { points: least.points, answer: least.answer, way: 'talk' });
    }
  }
  return { scores, county, city, talks };
}

/** The reasons that fit what was given beside what the subject has. */
function reasonsFor(points: string | null, self: string | null): readonly string[] {
  const { same, less, more, own } = sampleWords.reasons;
  if (points === null || self === null) return own;
  const [given, said] = [readExactPoints(points), readExactPoints(self)].map(toNumber) as [number, number];
  return given === said ? same : given < said ? less : more;
}

const numberOf = ({ points }: Given) => (points === null ? 0 : toNumber(readExactPoints(points)));

/** One judgement of a leaf: mostly what the subject said, else the judge's own answer. */
function judgedOnce(leaf: LaidLeaf, draw: Generator, prepared: Prepared): Settled {
  const { indicator } = leaf.prepared;
  const own = leaf.self?.answer ?? null;
  if (own !== null && !draw.chance(0.3)) return { answer: own, points: leaf.points, way: 'adopted' };
  if (leaf.points !== null && own === null) {
    const points = Number(toNumber(readExactPoints(leaf.points)).toFixed(2));
    return { answer: { points }, points: pointsOf(prepared, leaf, { points }), way: 'adopted' };
  }
  const max = typeof indicator.points === 'number' ? indicator.points : 0;
  const answer =
    leaf.origin === 'person'
      ? (drawnAnswer(indicator, draw, true) ?? { points: max })
      : { points: Number((max * draw.between(0.8, 1)).toFixed(1)) };
  return { answer, points: pointsOf(prepared, leaf, answer), way: 'one' };
}

/** What the subject reads as the reason of a leaf: of a talk its reason, of a mean how it came about. */
const reasonOf = ({ way, points }: Pick<Settled, 'way' | 'points'>) =>
  settledReason(way, points === null, way === 'talk' ? sampleWords.talkReason : '');
