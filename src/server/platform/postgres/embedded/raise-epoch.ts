import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../config/start-error.ts';
import { clusterOf, existingBase } from './site.ts';
import { readState } from './state.ts';

/**
 * Transaction ids of a new cluster begin at the bottom, below those that the audit has sealed. The server's own tool for
 * this (`pg_resetwal --epoch`) does not come with the embedded server, so the one number is changed in the record by which
 * a stopped server begins: the upper half of the next id in its last checkpoint, which stands in the control file and in
 * the log. Every place is checked before it is written; a record that does not look as it should is left alone.
 */
const pageLength = 8192;
const segmentLength = 16 * 1024 * 1024;
/** Where the control file holds its version and the position of the last checkpoint. */
const versionAt = 8;
const stateAt = 16;
const checkpointAt = 32;
const checkpointCopyAt = 40;
const shutDown = 1;
/** The versions of the control file whose layout is known here: PostgreSQL 15 to 17. */
const knownVersions = [1300, 1700];
const headerLength = 24;
const recordSumAt = 20;
/** A short block of data: a mark and its length. */
const dataAt = headerLength + 2;
const timelineAt = 8;
const nextIdAt = 24;
const shutdownCheckpoint = 0;

/**
 * Raises the upper half of the next transaction id of the cluster in a data folder. The server is stopped, and began a
 * new segment of its log just before, so that the record lies whole on a page.
 * @throws StartError where the cluster is not as expected; nothing was written then
 */
export function raiseEpoch(dataDir: string, epoch: number): void {
  const folder = realpathSync(dataDir);
  const base = existingBase(folder, readState(folder));
  if (base === null) throw new StartError(`数据目录 ${dataDir} 里没有数据库。`);
  const cluster = clusterOf(base);
  const controlFile = join(cluster, 'global', 'pg_control');
  const control = readFileSync(controlFile);
  const refuse = (why: string) => new StartError(`不能把数据库的事务编号抬高：${why}。`);
  if (!knownVersions.includes(control.readUInt32LE(versionAt))) throw refuse('数据库的控制文件不是已知的格式');
  if (control.readUInt32LE(stateAt) !== shutDown) throw refuse('数据库没有正常停止');
  const sumAt = findSum(control);
  if (sumAt === undefined) throw refuse('数据库的控制文件的校验和不符');
  const position = control.readBigUInt64LE(checkpointAt);
  const segment = position / BigInt(segmentLength);
  const timeline = control.readUInt32LE(checkpointCopyAt + timelineAt);
  const part = (number: bigint) => number.toString(16).toUpperCase().padStart(8, '0');
  const perFile = 0x1_0000_0000n / BigInt(segmentLength);
  const file = join(cluster, 'pg_wal', `${part(BigInt(timeline))}${part(segment / perFile)}${part(segment % perFile)}`);
  const record = readRecord(file, Number(position % BigInt(segmentLength)), refuse);
  const upper = nextIdAt + 4;
  // Either may be behind: whoever was killed between the two writes left the control file as it was, and the server begins by it.
  if (record.bytes.readUInt32LE(dataAt + upper) < epoch) {
    record.bytes.writeUInt32LE(epoch, dataAt + upper);
    record.bytes.writeUInt32LE(sumOfRecord(record.bytes), recordSumAt);
    writeAt(file, record.bytes, record.at);
  }
  if (control.readUInt32LE(checkpointCopyAt + upper) < epoch) {
    control.writeUInt32LE(epoch, checkpointCopyAt + upper);
    control.writeUInt32LE(sumOf(control.subarray(0, sumAt)), sumAt);
    writeAt(controlFile, control, 0);
  }
}

function readRecord(file: string, at: number, refuse: (why: string) => StartError) {
  const log = readFileSync(file);
  const length = log.readUInt32LE(at);
  const isCheckpoint = log.readUInt8(at + 17) === 0 && (log.readUInt8(at + 16) & 0xf0) === shutdownCheckpoint;
  if (!isCheckpoint || length < dataAt + nextIdAt + 8 || (at % pageLength) + length > pageLength) {
    throw refuse('最后一个检查点不在应在的位置');
  }
  const bytes = log.subarray(at, at + length);
  if (bytes.readUInt32LE(recordSumAt) !== sumOfRecord(bytes)) throw refuse('最后一个检查点的校验和不符');
  return { at, bytes };
}

function writeAt(file: string, bytes: Buffer, at: number): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, bytes, 0, bytes.length, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The control file ends in its sum, and is filled up with zeros behind it; where it ends depends on the version. */
function findSum(control: Buffer): number | undefined {
  for (let at = 200; at < 512; at += 4) {
    const sum = control.readUInt32LE(at);
    if (sum !== 0 && sum === sumOf(control.subarray(0, at))) return at;
  }
  return undefined;
}

/** The server reckons the sum of a record first over what follows the header, then over the header up to the sum. */
const sumOfRecord = (record: Buffer) => sumOf(record.subarray(headerLength), record.subarray(0, recordSumAt));

/** CRC-32C. */
function sumOf(...parts: readonly Buffer[]): number {
  let sum = 0xffff_ffff;
  for (const bytes of parts) {
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0x82f6_3b78 : sum >>> 1;
    }
  }
  return (sum ^ 0xffff_ffff) >>> 0;
}
