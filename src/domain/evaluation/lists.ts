/** The kinds of evaluations that the engine runs now: counties by the city (对县督导), and schools. */
export const evaluationKinds = ['county-inspection', 'school-evaluation'] as const;
export type EvaluationKind = (typeof evaluationKinds)[number];

/** A campaign is prepared, runs, and ends in one of two ways. */
export const campaignStates = ['draft', 'open', 'closed', 'cancelled'] as const;
export type CampaignState = (typeof campaignStates)[number];

/** Subjects of one campaign at most: the schools of a large city. */
export const mostSubjects = 4000;

/** The steps of an evaluation in their order; a kind names those that it has. */
export const evaluationSteps = [
  'notice',
  'selfEvaluation',
  'countyReview',
  'materialReview',
  'siteVisit',
  'preliminaryOpinion',
  'statement',
  'opinionLetter',
  'confirmation',
  'rectification',
] as const;
export type EvaluationStep = (typeof evaluationSteps)[number];

/** Where an evaluation stands: at one of its steps, ended, or cancelled. */
export const evaluationStates = [...evaluationSteps, 'closed', 'cancelled'] as const;
export type EvaluationState = (typeof evaluationStates)[number];

/** How far the self-evaluation is: people fill it, it was submitted, its leader has confirmed it. */
export const selfStandings = ['open', 'submitted', 'confirmed'] as const;
export type SelfStanding = (typeof selfStandings)[number];

/** Whose judgement of the same leaf it is. */
export const layers = ['self', 'county', 'city', 'province'] as const;
export type Layer = (typeof layers)[number];

/** What somebody does on a panel. */
export const seatParts = ['leader', 'member', 'expert', 'section', 'third-party'] as const;
export type SeatPart = (typeof seatParts)[number];

/** How several scores of one leaf become one. */
export const combineRules = ['mean', 'trimmed'] as const;
export type CombineRule = (typeof combineRules)[number];

/** How the points of a layer at a leaf came about: `adopted` are those of the self-evaluation, taken over by an act of its own. */
export const settledWays = ['one', 'mean', 'trimmed', 'talk', 'adopted'] as const;
export type SettledWay = (typeof settledWays)[number];

/** The four kinds of comment of an opinion: 亮点、成绩、问题、建议. */
export const opinionCommentKinds = ['highlight', 'strength', 'weakness', 'advice'] as const;
export type OpinionCommentKind = (typeof opinionCommentKinds)[number];

export const opinionStates = ['draft', 'submitted', 'confirmed'] as const;
export type OpinionState = (typeof opinionStates)[number];

/** How a piece of evidence is marked. What is `sealed` is opened by no seat; `internal` is a word beside the piece and bars nobody. */
export const confidentialities = ['open', 'internal', 'sealed'] as const;
export type Confidentiality = (typeof confidentialities)[number];

/** Why two pieces of evidence look alike. */
export const resemblanceKinds = ['same-file', 'picture', 'text'] as const;
export type ResemblanceKind = (typeof resemblanceKinds)[number];

/** What people do with an evaluation. */
export const evaluationActions = [
  'answer',
  'submit',
  'confirmSelf',
  'takeBack',
  'return',
  'receive',
  'moveOn',
  'score',
  'openTalk',
  'settle',
  'conclude',
  'release',
  'releaseAgain',
  'state',
  'waiveStatement',
  'answerStatement',
  'issueOpinion',
  'submitResult',
  'confirmResult',
  'returnResult',
  'finish',
  'close',
  'cancel',
] as const;
export type EvaluationAction = (typeof evaluationActions)[number];

/** The acts that leave a step in the record of an evaluation. The others write leaves, scores and drafts where it stands. */
export const evaluationStepActions = [
  'submit',
  'confirmSelf',
  'takeBack',
  'return',
  'receive',
  'moveOn',
  'release',
  'releaseAgain',
  'state',
  'waiveStatement',
  'answerStatement',
  'issueOpinion',
  'submitResult',
  'confirmResult',
  'returnResult',
  'finish',
  'close',
  'cancel',
] as const satisfies readonly EvaluationAction[];
export type EvaluationStepAction = (typeof evaluationStepActions)[number];
