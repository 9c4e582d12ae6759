import { answerContent, isJson } from './answer-content.ts';
import { normalForm } from './normal-form.ts';
import type { Chapter } from './record.ts';
import type { SampleStage, Sent } from './sample-stage.ts';

/** The answer of a step; the story goes on from it. */
// biome-ignore lint/suspicious/noExplicitAny: The reply of whatever route was asked; the story knows what is in it.
export type Told = any;

/** A chapter in which the acts follow each other; each item holds the answer and the audit rows of the act. */
export interface Story {
  readonly stage: SampleStage;
  /**
   * One act, or one look at what acts have changed, as an item of the record.
   * @param title what happens; names the item together with the request
   * @returns the body as it came: parsed where it is JSON, with the cookies that came along, else the bytes
   */
  step(title: string, who: string | null, request: string, sent?: Sent): Promise<Told>;
  /** The same without an item: the story needs the answer for its next step. */
  look(who: string, request: string): Promise<Told>;
  /** Runs the waiting jobs and records their audit rows. */
  jobs(title: string): Promise<void>;
}

export function tellStory(stage: SampleStage, chapter: Chapter): Story {
  async function ask(who: string | null, request: string, sent?: Sent) {
    const answer = await stage.ask(who, request, sent);
    const body: Told = isJson(answer) ? JSON.parse(answer.body.toString('utf8')) : new Uint8Array(answer.body);
    return { answer, body };
  }
  return {
    stage,
    async step(title, who, request, sent) {
      const { answer, body } = await ask(who, request, sent);
      const audit = await stage.newAuditRows();
      const { status, content } = await answerContent(answer, stage.volatile, { audit });
      chapter.keep(`${title} · ${who ?? 'nobody'} ${request}`, status, content);
      return answer.cookies.length > 0 ? { ...body, cookies: answer.cookies } : body;
    },
    async look(who, request) {
      return (await ask(who, request)).body;
    },
    async jobs(title) {
      await stage.served.runJobs();
      const audit = await stage.newAuditRows();
      chapter.keep(`${title} · the jobs that waited`, 0, normalForm({ audit }, stage.volatile));
    },
  };
}
