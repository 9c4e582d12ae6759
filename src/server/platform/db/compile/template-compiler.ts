import type { OperationNode, RawNode, ValueNode } from 'kysely';

/** A text with its parameters, as the compiler of the builder gives them. */
export interface CompiledTemplate {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Compiles a statement that consists of `sql` templates and values alone, as nearly all of our stores write them. It gives
 * what the builder's own compiler gives, which keeps a stack of nodes and looks up a method for each of them.
 * @returns undefined where anything else stands in the statement
 */
export function compileTemplate(node: OperationNode): CompiledTemplate | undefined {
  if (node.kind !== 'RawNode') return undefined;
  const parameters: unknown[] = [];
  const sql = textOf(node as RawNode, parameters);
  return sql === undefined ? undefined : { sql, parameters };
}

function textOf({ sqlFragments, parameters: parts }: RawNode, parameters: unknown[]): string | undefined {
  let text = '';
  for (let at = 0; at < sqlFragments.length; at += 1) {
    text += sqlFragments[at];
    const part = parts[at];
    if (part === undefined) continue;
    if (part.kind === 'RawNode') {
      const inner = textOf(part as RawNode, parameters);
      if (inner === undefined) return undefined;
      text += inner;
    } else if (part.kind === 'ValueNode' && (part as ValueNode).immediate !== true) {
      parameters.push((part as ValueNode).value);
      text += `$${parameters.length}`;
    } else return undefined;
  }
  return text;
}
