/** A function in PL/pgSQL as the catalogue describes it. */
export interface Procedure {
  readonly body: string;
  /** Its arguments and the columns of its result, which are variables in the body. */
  readonly variables: readonly string[];
}

/** Words before a statement that belong to the language around it. */
const frame =
  /^\s*(?:<<\w+>>|(?:begin|else|end if|end loop|end|for\s+\w+\s+in\s+\d+\.\.\d+\s+loop|exception\s+when\s+\w+\s+then)\b)/i;
const condition = /^\s*(?:if|elsif)\b([\s\S]*?)\bthen\b/i;
/** Sentences of the language that ask the database nothing. */
const silent = /^\s*(?:return(?!\s+query)|raise|exit|get\s+diagnostics|execute)\b/i;
/** The variables that a query is read into. */
const into = /^(\s*select\b[\s\S]*?)\binto\s+[\w.]+(?:\s*,\s*[\w.]+)*(?=\s+from\b)/i;
const returned = /(\breturning\b[\s\S]*?)\binto\s+[\w.]+(?:\s*,\s*[\w.]+)*\s*$/i;

/**
 * The statements in a body of PL/pgSQL, as PostgreSQL's own parser takes them: conditions and assignments become queries,
 * and every variable is a parameter, as it is when the statement runs. The package that brings the parser leaves out the
 * one for such bodies, so this reads only what ours hold. Whoever parses the result fails where a body holds more.
 */
export function statementsOfProcedure({ body, variables }: Procedure): string[] {
  const bare = body.replace(/--.*$/gm, '');
  const declared = /\bdeclare\b([\s\S]*?)\bbegin\b/i.exec(bare)?.[1] ?? '';
  const own = [...declared.matchAll(/^\s*(\w+)\s+[^;]+;/gm)].map(([, name]) => name!);
  const names = new Set([...variables.filter((name) => name !== ''), ...own, 'new', 'old']);
  const variable = new RegExp(`(?<![.\\w'])(?:${[...names].join('|')})\\b(?:\\.(?:\\w+|\\*))?(?!\\s*\\()`, 'gi');
  const statements = bare
    .replace(/^[\s\S]*?\bbegin\b/i, '')
    .split(';')
    .flatMap((piece) => {
      const asked: string[] = [];
      let rest = piece;
      for (;;) {
        const found = condition.exec(rest);
        if (found !== null) asked.push(`select ${found[1]}`);
        else if (!frame.test(rest)) break;
        rest = found === null ? rest.replace(frame, '') : rest.slice(found[0].length);
      }
      return rest.trim() === '' || silent.test(rest) ? asked : [...asked, plainStatement(rest)];
    });
  return statements.map((text) => text.replace(variable, () => '$1').trim());
}

function plainStatement(text: string): string {
  return text
    .replace(/^\s*[\w.]+\s*:=|^\s*perform\b/i, 'select ')
    .replace(/^\s*return\s+query\b/i, '')
    .replace(into, (_, before: string) => before)
    .replace(returned, (_, before: string) => before);
}
