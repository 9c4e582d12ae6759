import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#contract/index.ts';
import { answerContent } from '#test/support/equality/answer-content.ts';
import { commands, runCommand } from '#test/support/equality/command-line.ts';
import { downloads } from '#test/support/equality/downloads.ts';
import { normalForm } from '#test/support/equality/normal-form.ts';
import {
  administrationReadings,
  balanceReadings,
  deskReadings,
  type Reading,
} from '#test/support/equality/readings.ts';
import { type Chapter, openChapter, recordedItems } from '#test/support/equality/record.ts';
import { openSampleStage, type SampleStage } from '#test/support/equality/sample-stage.ts';
import { storedRuns } from '#test/support/equality/stored-runs.ts';
import { tellFilings } from '#test/support/equality/story.filing.ts';
import { tellPeople } from '#test/support/equality/story.people.ts';
import { tellRegister } from '#test/support/equality/story.register.ts';
import { type Story, tellStory } from '#test/support/equality/story.ts';
import { tellYears } from '#test/support/equality/story.years.ts';

/**
 * Compares the product's answers on the sample city with `equality.json`: a change of its inner order must change
 * nothing that anybody sees. Where an answer is meant to change, `EQUALITY=write npx vitest run --project server
 * test/house/equality/equality.test.ts` writes the record anew, and its differences are reviewed like code. The head of the
 * record lists the replacements that are made in an answer before it is hashed.
 */
let stage: SampleStage;
beforeAll(async () => {
  stage = await openSampleStage();
}, 240_000);
afterAll(() => stage?.close());

const patience = { timeout: 240_000 };

describe('as the sample is loaded', () => {
  it('the desk answers as before', patience, () => readAll('desk', deskReadings));
  it('balance answers as before', patience, () => readAll('balance', balanceReadings));
  it('administration answers as before', patience, () => readAll('administration', administrationReadings));
  it('files hold what they held', patience, () => readAll('downloads', downloads));

  it('balance runs are stored with the same digits', patience, async () => {
    const chapter = openChapter('stored runs');
    for (const [name, run] of await storedRuns(stage)) chapter.keep(name, 0, run);
    chapter.settle();
  });

  it('the command line prints what it printed', patience, async () => {
    const chapter = openChapter('command line');
    for (const argv of commands) {
      const { code, ...said } = await runCommand(argv);
      chapter.keep(`dudao ${argv.join(' ')}`, code, normalForm(said, stage.volatile));
    }
    chapter.settle();
  });
});

const onePost = 'the people of the stories have one post; held by posts.test.ts of test/browser and of the feature';
const twoPeople = 'a second person confirms, which no story tells; held by the tests of people';
const noFailure = 'no job fails on the stage, whose jobs run by hand; held by the tests of jobs';

const ownUnits = 'changes the units, by which every later answer is told; held by the tests of directory/unit';

const noMail = 'no mail is sent from the stage; held by notices/mail.test.ts and by audit-rows.test.ts';
const archiving = 'ends every later act on the year; held by test/house/register/archived-year.test.ts';
const handedOver = 'takes a post of its people their work; held by people/pass-work/pass-work.test.ts';
const terms = 'the terms, and what every later answer of their page would tell; held by app/commands/retention.test.ts';
const ownData = 'a workbook of the day, or a change of the account; held by session/own-data.test.ts';
const letterActs = 'begins with an id of its own; held by letter.routes.test.ts';
const letterFigures =
  'asks for what the stage never has, or begins with an id of its own; held by figure/figure.test.ts';
const planActs = 'begins with an id of its own; held by work-plans.routes.test.ts';
const meetingActs = 'begins with an id of its own; held by meetings.test.ts';
const onFindings = 'an act on one finding, or what is named by it; held by features/rectifications/ledger.test.ts';

const ledgerRoutes = [
  ...['acknowledge', 'ask', 'cancel', 'changeKind', 'check', 'close', 'confirmImport', 'decide', 'drawReproof', 'edit'],
  ...['enter', 'handOver', 'markedWorkbook', 'notice', 'noticeMany', 'plan', 'previewImport', 'read', 'readImport'],
  ...['cancelReproof', 'recordReproof', 'reject', 'report', 'reproofDraw', 'undo', 'withdraw'],
];

const onInspectors = 'begins with an id of its own, or is a workbook of the day; held by inspectors.routes.test.ts';

const inspectorRoutes = [
  ...['appoint', 'avoidance', 'confirm', 'confirmImport', 'declare', 'edit', 'end', 'enter', 'fill'],
  ...['handOwnPaper', 'handPaper'],
  ...['importTemplate', 'letter', 'markedWorkbook', 'own', 'previewImport', 'publicise', 'read', 'readImport'],
  ...['card', 'cards', 'ownBodies', 'ownPhotograph', 'photograph', 'setOwnPhotograph', 'setPhotograph', 'undo'],
  ...['recommend', 'renew', 'reopen', 'return', 'review', 'withdraw', 'workbook'],
];

const onCampaigns =
  'begins with an id of its own, is an act on one, or is a workbook of the day; held by features/campaigns';
const campaignRoutes = [
  ...['burden', 'cancel', 'candidates', 'changeSeat', 'chooseSubjects', 'close', 'create', 'dropPartner', 'edit'],
  ...['endSeat', 'extend'],
  ...['giveSeat', 'heat', 'matrix', 'matrixWorkbook', 'moveOn', 'open', 'proposeSeats', 'read', 'remind', 'seats'],
  ...['subjects', 'template', 'workbook'],
];

const onEvaluations =
  'begins with an id of its own, is an act on one, or is a workbook of the day; held by features/evaluations';
const evaluationRoutes = [
  ...['addEvidence', 'adoptSelf', 'answerLeaf', 'answerStatement', 'assignLeaves', 'colleagues', 'confirmResult'],
  ...['confirmSelf', 'editEvidence', 'enterFact', 'evidenceWorkbook', 'finish', 'issueOpinion', 'leaf', 'linkEvidence'],
  ...['actOnMany', 'newestActOnMany', 'obstacles', 'remark'],
  ...['missingEvidence', 'objectToLeaf', 'openScores', 'opinion', 'questions', 'read', 'readEdition', 'readEvidence'],
  ...['receive', 'refreshFacts', 'release', 'removeEvidence', 'return', 'returnResult', 'saveOpinion', 'score'],
  ...['claims', 'endTie', 'enterProvince', 'releaseAgain', 'results', 'resultsWorkbook', 'ruleTie', 'ties', 'trace'],
  ...['settleTalk', 'slope', 'state', 'submit', 'submitResult', 'takeBack', 'waiveStatement', 'workbook'],
];

const mobiles = 'asks for the own password, and for another hand; held by features/session/mobile.test.ts';

const onTracks = 'an act on one track, or what is named by it; held by features/balance-tracking';

const trackRoutes = [
  ...['accept', 'cancel', 'close', 'confirm', 'confirmImport', 'countyReport', 'explain', 'figuresTemplate', 'list'],
  'markedWorkbook',
  ...['open', 'planYear', 'prepare', 'previewImport', 'proposals', 'read', 'readImport', 'reconsider', 'recordFigures'],
  ...['request', 'return', 'saveReport', 'submit', 'undo', 'withdraw'],
];

/** The routes that let nobody in here, each with the reason. */
const unanswered: Readonly<Record<string, string>> = {
  'people.inviteAdministrator': 'needs a vacant post of the three, which the sample never has; the refusal is recorded',
  'directory.chooseCity': 'needs an installation without schools, posts and years; held by city.routes.test.ts',
  ...Object.fromEntries(inspectorRoutes.map((route) => [`inspectors.${route}`, onInspectors])),
  ...Object.fromEntries(campaignRoutes.map((route) => [`campaigns.${route}`, onCampaigns])),
  ...Object.fromEntries(evaluationRoutes.map((route) => [`evaluations.${route}`, onEvaluations])),
  'official-documents.figureChoices': letterFigures,
  'official-documents.readFigure': letterFigures,
  'official-documents.takeFigures': letterFigures,
  'directory.openUnit': ownUnits,
  'directory.closeUnit': ownUnits,
  'directory.removeUnit': ownUnits,
  'directory.arrangeUnits': ownUnits,
  'directory.openLowerUnit': ownUnits,
  'directory.renameLowerUnit': ownUnits,
  'directory.undoLowerUnitRename': ownUnits,
  'directory.closeLowerUnit': ownUnits,
  'session.choosePost': onePost,
  'posts.list': onePost,
  'posts.colleagues': onePost,
  'posts.giveStandIn': onePost,
  'posts.endStandIn': onePost,
  'people.requests': twoPeople,
  'people.setMobile': mobiles,
  'session.askMobile': mobiles,
  'people.proposeRequest': twoPeople,
  'people.confirmRequest': twoPeople,
  'people.rejectRequest': twoPeople,
  'people.postSets': twoPeople,
  'people.proposePost': twoPeople,
  'people.postSet': twoPeople,
  'people.grantSet': twoPeople,
  'people.rejectSet': twoPeople,
  'people.setSheets': twoPeople,
  'people.setCodes': twoPeople,
  'people.exportData': ownData,
  'people.openWork': handedOver,
  'people.passWork': handedOver,
  'periods.previewArchiving': archiving,
  'periods.archive': archiving,
  'periods.unarchive': archiving,
  'session.exportOwn': ownData,
  'session.correct': ownData,
  'session.personal': ownData,
  'people.setSection': 'the sample city has no sections; held by people/sections.test.ts',
  'roles.names': twoPeople,
  'roles.propose': twoPeople,
  'roles.changes': twoPeople,
  'roles.confirm': twoPeople,
  'roles.reject': twoPeople,
  'periods.addSchools': 'changes the population of every later figure; held by collection/supplement.test.ts',
  ...Object.fromEntries(
    ['list', 'attach', 'detach', 'restore', 'keep', 'mark', 'address', 'preview', 'uploads', 'upload'].map((act) => [
      `files.${act}`,
      'needs bytes that come in by parts; held by test/house/files',
    ]),
  ),
  ...Object.fromEntries(trackRoutes.map((act) => [`balance-tracking.${act}`, onTracks])),
  'frameworks.tryOut': 'held by features/frameworks/self-filling.test.ts on the same city',
  ...Object.fromEntries(
    [
      ...['copy', 'begin', 'readDraft', 'writeCells', 'changeTree', 'undoChange', 'fillGap', 'publish', 'discard'],
      ...['tryDraft', 'rounds', 'withdraw'],
    ].map((act) => [
      `frameworks.${act}`,
      'a draft of a framework and what becomes of it; held by features/frameworks/draft.test.ts and framework.routes.test.ts',
    ]),
  ),
  ...Object.fromEntries(
    ['exportWorkbook', 'exportDraft', 'previewImport', 'readImport', 'confirmImport', 'markedWorkbook'].map((act) => [
      `frameworks.${act}`,
      'a workbook that comes in or goes out; held by features/frameworks/workbook/workbook.test.ts',
    ]),
  ),
  ...Object.fromEntries(
    ['questions', 'answer', 'readMapping', 'writeMapping'].map((act) => [
      `frameworks.${act}`,
      'held by features/frameworks/questions and features/frameworks/mapping',
    ]),
  ),
  'balance-tracking.cityReport': 'a file that names its day; held by features/balance-tracking/issue/issues.test.ts',
  ...Object.fromEntries(ledgerRoutes.map((act) => [`rectifications.${act}`, onFindings])),
  'jobs.retry': noFailure,
  'jobs.abandon': noFailure,
  'official-documents.beginSeries': letterActs,
  'official-documents.cancel': letterActs,
  'official-documents.changeSeries': letterActs,
  'official-documents.check': letterActs,
  'official-documents.cosign': letterActs,
  'official-documents.draft': letterActs,
  'official-documents.dropCosigner': letterActs,
  'official-documents.enterPaper': letterActs,
  'official-documents.handlers': letterActs,
  'official-documents.issue': letterActs,
  'official-documents.openSeries': letterActs,
  'official-documents.pdf': letterActs,
  'official-documents.preview': letterActs,
  'official-documents.read': letterActs,
  'official-documents.readReceipt': letterActs,
  'official-documents.receiptPdf': letterActs,
  'official-documents.receive': letterActs,
  'official-documents.return': letterActs,
  'official-documents.save': letterActs,
  'official-documents.sign': letterActs,
  'official-documents.submit': letterActs,
  'official-documents.undo': letterActs,
  'official-documents.withdraw': letterActs,
  'official-documents.word': letterActs,
  'work-plans.addItem': planActs,
  'work-plans.cancel': planActs,
  'notices.askAddress': noMail,
  'notices.chooseMail': noMail,
  'notices.confirmAddress': noMail,
  'notices.removeAddress': noMail,
  'notices.retryDelivery': noMail,
  'settings.addOutgoing': noMail,
  'settings.retention': terms,
  'settings.changeTerm': terms,
  'settings.hold': terms,
  'settings.lift': terms,
  'settings.removeOutgoing': noMail,
  'work-plans.changeItem': planActs,
  'work-plans.close': planActs,
  'work-plans.counties': planActs,
  'work-plans.create': planActs,
  'work-plans.issue': planActs,
  'work-plans.note': planActs,
  'work-plans.paste': planActs,
  'work-plans.read': planActs,
  'work-plans.reopenItem': planActs,
  'work-plans.save': planActs,
  'work-plans.takeParts': planActs,
  'work-plans.withdrawItem': planActs,
  'work-plans.workbook': planActs,
  'meetings.call': meetingActs,
  'meetings.cancel': meetingActs,
  'meetings.change': meetingActs,
  'meetings.decide': meetingActs,
  'meetings.read': meetingActs,
  'meetings.signIn': meetingActs,
  'meetings.takeSignInBack': meetingActs,
};

/** Each story goes on from the state in which the one before left the city. */
const stories: readonly (readonly [string, (story: Story, chapter: Chapter) => Promise<void>])[] = [
  ['filings', tellFilings],
  ['register', tellRegister],
  ['years', tellYears],
  ['people', tellPeople],
];
let toldStories = 0;

describe('a story of acts answers and is recorded as before', () => {
  it.each(stories.map(([title]) => title))('%s', patience, tellUntil);
});

it('every route of the contract has an answer in the record that lets somebody in', () => {
  const answered = new Set(recordedItems().flatMap(({ name, status }) => (status < 300 ? (routeOf(name) ?? []) : [])));
  const without = routes.map(({ name }) => name).filter((name) => !answered.has(name));
  expect(without.sort()).toEqual(Object.keys(unanswered).sort());
});

/** Asks a few at a time and keeps the order of the list. */
async function readAll(title: string, readings: readonly Reading[]): Promise<void> {
  const chapter = openChapter(title);
  const answers: Awaited<ReturnType<typeof answerContent>>[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < readings.length; index = next++) {
      answers[index] = await answerContent(await stage.ask(...readings[index]!), stage.volatile);
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  for (const [index, [who, request]] of readings.entries()) {
    chapter.keep(`${who ?? 'nobody'} ${request}`, answers[index]!.status, answers[index]!.content);
  }
  chapter.settle();
}

/** Where only one story is asked for, the stories before it run too, but are not compared. */
async function tellUntil(wanted: string): Promise<void> {
  for (const [title, tell] of stories.slice(toldStories)) {
    const chapter = openChapter(title);
    await tell(tellStory(stage, chapter), chapter);
    toldStories += 1;
    if (title === wanted) return chapter.settle();
  }
}

/** The route of an item of the record, by the address in its name; of several, the one with the most literal path. */
function routeOf(item: string): string | undefined {
  const [, method, path = ''] = /(GET|POST|PUT|PATCH|DELETE) (\/[^?]*)/.exec(item) ?? [];
  return routes
    .filter((route) => route.method === method && new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path))
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length)[0]?.name;
}
