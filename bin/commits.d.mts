export function subjectFault(subject: string): string | null;
export function commitFaults(root: string): string[];
