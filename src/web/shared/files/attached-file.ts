import * as files from '#contract/files/attachments.ts';
import type { RouteOutput } from '#contract/route.ts';
import { call } from '../call/call.ts';
import { asProblem, type ProblemError } from '../call/problem.ts';
import { toast } from '../kit/feedback/toast.ts';

/** The route that lists the files on a subject. */
export const listFiles = files.list;

/** A file on a subject, as its list shows it. */
export type AttachedFile = RouteOutput<typeof files.list>['rows'][number];

/** Whether it may be opened now. */
export const isOpen = ({ state }: AttachedFile): boolean => state === 'open' || state === 'unscanned';

/** Whether it may be opened, and can be looked at on a page. */
export const isViewable = (file: AttachedFile): boolean => isOpen(file) && file.view !== null;

/** Whether somebody else was quicker: the dialog says who, and goes on from what stands now. */
export const isStale = ({ code }: ProblemError): boolean => code === 'thing.changed';

/** Saves a file: the browser fetches it by itself, whatever its size. */
export async function saveFile(file: Pick<AttachedFile, 'id' | 'name'>): Promise<void> {
  try {
    const { address } = await call(files.address, { params: { attachmentId: file.id }, body: { mode: 'save' } });
    const link = document.createElement('a');
    link.href = address;
    link.download = file.name;
    link.click();
  } catch (error) {
    toast.problem(asProblem(error));
  }
}
