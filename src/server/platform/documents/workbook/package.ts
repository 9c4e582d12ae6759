import { refuseSecondPrefix } from './namespaces.ts';
import { XmlScanner, xmlBytes } from './xml.ts';
import { damaged, partKey, readZipDirectory, unfold, type ZipDirectory } from './zip.ts';

/** The parts of an Office file and their relationships. A part is unpacked when it is requested, and only once. */
export class Package {
  readonly #bytes: Uint8Array;
  readonly #directory: ZipDirectory;
  readonly #taken = new Set<string>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#directory = readZipDirectory(bytes);
  }

  has(name: string): boolean {
    return this.#directory.has(partKey(name));
  }

  get names(): string[] {
    return [...this.#directory.keys()];
  }

  /**
   * The XML of a part; undefined where there is no such part.
   * @throws Problem `import.damaged`, also for a part that is requested twice: parts that refer to each other in a
   *   circle would be read without end
   */
  find(name: string): Buffer | undefined {
    const entry = this.#directory.get(partKey(name));
    if (!entry) return undefined;
    if (this.#taken.has(partKey(name))) throw damaged(`部件 ${name} 被引用了不止一次`);
    this.#taken.add(partKey(name));
    const bytes = xmlBytes(unfold(this.#bytes, entry), entry.name);
    refuseSecondPrefix(bytes, entry.name);
    return bytes;
  }

  get(name: string): Buffer {
    const bytes = this.find(name);
    if (!bytes) throw damaged(`缺少部件 ${name}`);
    return bytes;
  }

  /** The bytes of a part that is not XML, if it is short. */
  findShortText(name: string): string | undefined {
    const entry = this.#directory.get(partKey(name));
    return entry && entry.size < 200 ? unfold(this.#bytes, entry).toString('latin1').trim() : undefined;
  }

  /** The targets of a part's relationships, by id. Targets outside the file are left out. */
  relationshipsOf(name: string): Map<string, Relationship> {
    const slash = name.lastIndexOf('/');
    const bytes = this.find(`${name.slice(0, slash + 1)}_rels/${name.slice(slash + 1)}.rels`);
    const found = new Map<string, Relationship>();
    if (!bytes) return found;
    const scanner = new XmlScanner(bytes);
    while (scanner.next()) {
      if (scanner.name !== 'Relationship' || scanner.kind === 'close') continue;
      const about = scanner.attributes();
      const [id, target] = [about.get('Id'), about.get('Target')];
      if (id === undefined || target === undefined || about.get('TargetMode') === 'External') continue;
      // Both editions of the standard name a kind by the last word, after different addresses.
      const kind = (about.get('Type') ?? '').replace(/^.*\//, '');
      found.set(id, { kind, target: resolve(name.slice(0, slash + 1), target) });
    }
    return found;
  }

  /** The declared content type of each part. */
  contentTypes(): Map<string, string> {
    const bytes = this.find('[Content_Types].xml');
    const found = new Map<string, string>();
    if (!bytes) return found;
    const scanner = new XmlScanner(bytes);
    while (scanner.next()) {
      if (scanner.name !== 'Override' || scanner.kind === 'close') continue;
      const about = scanner.attributes();
      found.set(partKey(about.get('PartName') ?? ''), about.get('ContentType') ?? '');
    }
    return found;
  }
}

export interface Relationship {
  /** `worksheet`, `sharedStrings`, … */
  readonly kind: string;
  readonly target: string;
}

/** A target as the name of a part: relative to the folder of the part that names it, or from the root. */
function resolve(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/').replace(/#.*$/, '');
  const steps = path.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
