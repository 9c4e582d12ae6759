import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Setup of the files of the server. A password is hashed at the cost of the product, and the same password with the same
 * salt only once in a process: the second answer is the first. Hundreds of sign-ins with one password took a tenth of a
 * second of the processor each. A password that is set anew has a new salt and is hashed anew.
 */
type Scrypt = typeof crypto.scrypt;
type Given = Parameters<Scrypt>;
type Answer = [error: Error | null, key: Buffer];

const kept = globalThis as { scryptOfProduct?: Scrypt };

if (kept.scryptOfProduct === undefined) {
  const scrypt = crypto.scrypt;
  kept.scryptOfProduct = scrypt;
  const answers = new Map<string, Promise<Answer>>();
  const once = (...given: unknown[]) => {
    const [password, salt, length, options] = given as Given;
    const answer = given.at(-1) as (...answer: Answer) => void;
    const known = JSON.stringify([textOf(password), textOf(salt), length, given.length > 4 ? options : null]);
    const made =
      answers.get(known) ??
      new Promise<Answer>((resolve) => {
        (scrypt as (...given: unknown[]) => void)(...given.slice(0, -1), (...made: Answer) => resolve(made));
      });
    answers.set(known, made);
    // A copy, because whoever asked may write into it.
    void made.then(([error, key]) => answer(error, error === null ? Buffer.from(key) : key));
  };
  crypto.scrypt = once as Scrypt;
  syncBuiltinESMExports();
}

function textOf(given: crypto.BinaryLike): string {
  if (typeof given === 'string') return `text ${given}`;
  return `bytes ${Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString('hex')}`;
}
