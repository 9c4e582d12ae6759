/** One leaf of one evaluation. */
export interface LeafName {
  readonly evaluationId: string;
  readonly code: string;
}

/** The name of a leaf in the copies on this machine, whose parts are parted by dots: a code may be `2.4`. */
export function nameOfLeaf({ evaluationId, code }: LeafName): string {
  return `${evaluationId}~${encodeURIComponent(code).replaceAll('.', '%2E').replaceAll('~', '%7E')}`;
}

/** The leaf of a name that `nameOfLeaf` made. */
export function leafOf(name: string): LeafName {
  const at = name.indexOf('~');
  return { evaluationId: name.slice(0, at), code: decodeURIComponent(name.slice(at + 1)) };
}
