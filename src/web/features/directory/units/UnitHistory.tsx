import { newestEntries } from '#contract/kit/kit.shape.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { onlyNewest } from '#web/shared/words/newest.ts';
import type { UnitDetail } from '../directory.words.ts';

interface UnitHistoryProps {
  name: string;
  versions: UnitDetail['versions'];
  onClose: () => void;
}

/** What a unit was called, day by day. */
export function UnitHistory({ name, versions, onClose }: UnitHistoryProps) {
  return (
    <Dialog open title={`${name}：历史`} onClose={onClose}>
      <UnitVersions versions={versions} />
    </Dialog>
  );
}

/** The names of a unit by the days from which they were valid, the newest first; the last line says when it ended. */
export function UnitVersions({ versions }: Pick<UnitHistoryProps, 'versions'>) {
  const older = onlyNewest(versions, newestEntries, '更早的见“审计”');
  const ended = versions[0]?.validTo ?? null;
  const entries = versions.map((version) => ({
    key: version.validFrom,
    time: `${formatDate(version.validFrom)} 起`,
    content: (
      <>
        {version.name} {version.document && <span className="caption">{version.document}</span>}
      </>
    ),
  }));
  const end = ended === null ? [] : [{ key: 'end', time: `${formatDate(ended)} 起`, content: '已撤销' }];
  return (
    <>
      <Chronicle entries={[...end, ...entries]} />
      {older && <p className="caption">{older}</p>}
    </>
  );
}
