import type { LetterKind } from '../letter/state.ts';
import type { CampaignRules } from './campaign/campaign-rules.ts';
import type { EvaluationAction, EvaluationKind, EvaluationStep, Layer } from './lists.ts';

/** The layers that judge on the platform itself; the result of the province is entered. */
export type JudgingLayer = Extract<Layer, 'county' | 'city'>;

/** Who has the next move in a step. */
export type StepHand = 'city' | 'county' | 'subject';

/** Where a rule stands: a document with its number, and the article; the article is null where the whole is meant. */
export interface Basis {
  readonly document: string;
  readonly article: string | null;
}

/** One step of a kind. */
export interface KindStep {
  readonly step: EvaluationStep;
  readonly title: string;
  readonly by: StepHand;
  /** The layer that gives points in it; null where nobody does. */
  readonly judges: JudgingLayer | null;
  /** The letter that comes of it. */
  readonly letter: LetterKind | null;
  /** Its length in calendar days where the office says nothing else. National law names no days: each is a proposal of this product. */
  readonly days: number;
  /** Working days of each subject where one panel goes from subject to subject; left out where all have the days of the step. */
  readonly slotDays?: number;
  /** The act that leads out of it. */
  readonly opensNext: EvaluationAction;
  readonly basis: readonly Basis[];
}

/** How a campaign judges, where the office says nothing else. */
export interface PanelDefaults extends CampaignRules {
  /** The first step that needs a complete panel. */
  readonly neededFrom: EvaluationStep;
}

/** A kind of evaluation as data. */
export interface KindDefinition {
  readonly key: EvaluationKind;
  readonly title: string;
  /** What it is called in the title of a campaign: `2025 年对县督导`. */
  readonly short: string;
  readonly subject: 'county' | 'school';
  /** The shipped framework that a new campaign proposes. */
  readonly framework: string;
  /** The layers that stand side by side at a leaf. */
  readonly layers: readonly Layer[];
  /** In their order; behind the last one the evaluation is closed. */
  readonly steps: readonly KindStep[];
  readonly panel: PanelDefaults;
  readonly documents: readonly Basis[];
}
