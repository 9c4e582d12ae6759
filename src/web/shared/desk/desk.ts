import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { overview, step, workCount } from '#contract/home/home.ts';
import type { AuditWords } from '#contract/kit/acts.words.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { DraftDesk } from '../drafts/useDrafts.ts';
import type { StateLook, StateName } from '../kit/words/StateMark.tsx';

/** The groups of the menu, in their order. Entries without a group (the home page) stand before them. */
export const menuGroups = ['督政', '督导评估', '督学', '监测', '数据', '公文', '队伍', '公开', '管理'] as const;

export interface MenuFacts {
  group: (typeof menuGroups)[number] | null;
  /** The position within the group; smaller is higher. */
  order: number;
  /** Features that give the same label in the same group share an entry. */
  label: string;
}

/**
 * The door (entry point) of a feature on the desk, and the only thing that the desk knows of it. All doors are loaded
 * before the first page behind the sign-in, so a door contains only addresses and names. Pages and words are loaded when
 * they are needed.
 */
export interface Desk<Pages extends readonly AnyRoute[], Entrances extends readonly AnyRoute[] = readonly []> {
  /** The same word as its folder, its contract and its manifest on the server. */
  readonly name: string;
  /** Made by `page`; the first that a person may open is where the menu leads. */
  readonly pages: Pages;
  /** Pages before the sign-in, made by `entrance`. */
  readonly entrances?: Entrances;
  /** Without it the feature has no entry in the menu. */
  readonly menu?: MenuFacts;
  /** The words and panels that other pages show of it. */
  readonly words?: () => Promise<{ words: AnyDeskWords }>;
  /** The words for its acts in the audit. */
  readonly auditWords?: () => Promise<{ auditWords: AuditWords }>;
  /** What people type into it is kept on their machine until the server has it. */
  readonly drafts?: DraftDoor;
}

/** How the desk sends what a person left unsent, before any page of the feature is open. */
export interface DraftDoor {
  /** The kind of its drafts, as their local copies name it. */
  readonly kind: string;
  readonly load: () => Promise<{ drafts: DraftDesk<unknown> }>;
  /** The page of a subject, where the person decides about what did not arrive. */
  readonly link: (subjectId: string) => DeskLink;
}

/** Any feature's door, where it does not matter which addresses it has. */
export type AnyDesk = Desk<readonly AnyRoute[], readonly AnyRoute[]>;

/**
 * The words and panels of a feature on the palette, the home page and other pages of the desk. `State` names its
 * `stateMarks`, so that no line names a mark that nobody draws.
 */
export interface DeskWords<State extends string = never> {
  readonly actions?: readonly PaletteAction[];
  readonly finders?: readonly Finder[];
  /** Looks of the states of its things, by `feature.state` (see `marksOf`). */
  readonly stateMarks?: Readonly<Record<State, StateLook>>;
  /** By the kind of the line, `feature.kind`, as the server counts it. */
  readonly workWords?: Readonly<Record<string, WorkWords<State | StateName>>>;
  /** By the kind of the step, in the beginning of an installation. */
  readonly stepWords?: Readonly<Record<string, StepWords>>;
  /** By the kind of the line. */
  readonly deadlineWords?: Readonly<Record<string, DeadlineWords>>;
  /**
   * Where the records lie by which the progress of an item of a work plan is counted, by the kind of the work.
   */
  readonly fulfilLinks?: Readonly<Record<string, (unitId: number, schoolYear: number) => DeskLink>>;
  /** The text of a notice before the sender and the time, on the home page and in the inbox: `已被催报`; by its kind. */
  readonly noticeWords?: Readonly<Record<string, string>>;
  /** The page of the subject of a notice, by the kind of the notice. */
  readonly noticeLinks?: Readonly<Record<string, (subjectId: string) => DeskLink>>;
  /** The page of a subject on which files hang, by its type. */
  readonly subjectLinks?: Readonly<Record<string, (subjectId: string) => DeskLink>>;
  /** How the page of roles groups permissions, by the word before their dot. */
  readonly permissionWords?: Readonly<Record<string, string>>;
  /** On the home page, below the work. */
  readonly homePanels?: readonly HomePanel[];
  /** On the page of a school: below who it is, or behind a tab of their own. */
  readonly schoolPanels?: readonly SchoolPanel[];
}

/** The words of any feature, where it does not matter which marks it has. */
export type AnyDeskWords = DeskWords<string>;

/** An address inside the desk; made by `linkOptions`, which checks path and search against the router. */
export interface DeskLink {
  readonly to: string;
  readonly params?: object;
  readonly search?: object;
}

/** An act that the palette offers by name; it opens the page of the act. */
export interface PaletteAction {
  /** As a verb: `导入 Excel`. */
  title: string;
  /** The pinyin of the title, its initials, and other words by which it is found. */
  terms: string;
  /** The page of the act; without it the act is to sign out, which the frame does. */
  link?: DeskLink;
  /** It can be asked for one unit: `催报 洛江`. */
  ofUnit?: true;
  permission?: Permission;
}

/** Finds a feature's things for the palette, on the server. */
export interface Finder {
  /** Whoever holds one of them may use it. */
  permission: Permission | readonly Permission[];
  load: () => Promise<{ find: (text: string, signal: AbortSignal) => Promise<Found[]> }>;
}

/** A line of the palette. */
export interface Found {
  key: string;
  /** The heading of its group: `学校`. */
  group: string;
  title: string;
  note?: string;
  link?: DeskLink;
  /** Chooses the unit of the top bar instead of opening a page. Without it and without a page, it signs out. */
  unitId?: number;
}

export type WorkCount = z.output<typeof workCount>;
export type Overview = z.output<typeof overview.output>;

export interface WorkWords<State extends string = string> {
  /** One of the `stateMarks` of its door, or a state that many features have. */
  state: State;
  /** The word of the mark. */
  mark: string;
  /** What is counted, after the number: `12 所学校的资源数据`. */
  of: string;
  /** The meaning of the wait: `最早 3 天前提交`. */
  waited?: (days: number) => string;
  verb: string;
  /** The list that the line counts. */
  link: DeskLink;
  /** The waiting thing itself, where the line names it. */
  open?: (subject: string) => DeskLink;
  /** How it reads as a part of another line, where the server tells it so: `其中已核过 4 所`. */
  part?: (count: string) => string;
  /** A second way to do the same, beside the first; only for those who may: `导入 Excel`. */
  second?: { verb: string; permission: Permission; link: DeskLink };
}

export type Step = z.output<typeof step>;

/** A step of a new installation, as the home page shows it. */
export interface StepWords {
  /** What is to be done: `选定本市`. */
  title: string;
  /** What is there when it is done: `16 个县级单位`. */
  made: (count: string) => string;
  /**
   * What each permission does for it, and the page where it is done. `again`: the verb of what is done again when some of
   * it is there; without it the page is only looked at.
   */
  acts: Readonly<Partial<Record<Permission, { verb: string; link?: DeskLink; again?: string }>>>;
  /** Drawn below the step for whoever does it, where the step needs no page of its own. */
  load?: () => Promise<{ default: ComponentType }>;
}

export interface DeadlineWords {
  /** The name of the deadline: `填报截止`. */
  title: string;
  /** The unit of the missing count: `校` in `尚缺 6 校`. */
  unit: string;
  /** What several lines of one day are called together: `个项目`; units where nothing is said. */
  of?: string;
  /** What one unit still owes, in the year in which it is counted. */
  link: (unitId: number | null, schoolYear: number | null) => DeskLink;
}

/** The figures of `home.overview` by their key; figures that the server does not send are absent. */
export type Figures = Readonly<Record<string, number>>;

export interface HomePanel {
  /** Whether the figures contain anything for it to draw. */
  shown: (figures: Figures) => boolean;
  load: () => Promise<{ default: ComponentType<{ figures: Figures }> }>;
}

export interface SchoolPanel {
  permission: Permission;
  /** The tab that shows it alone, and the tab's word in the address. */
  tab?: { key: string; label: string };
  /** It has no content for kindergartens, which stand in the same register. */
  schoolsOnly?: boolean;
  load: () => Promise<{ default: ComponentType<{ schoolId: number; year: number | null }> }>;
}
