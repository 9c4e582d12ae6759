import { cityReport, countyReport } from '#contract/balance-tracking/tracks.ts';
import { Download } from '#web/shared/kit/action/Download.tsx';

const formats = [
  { format: 'docx', label: 'Word 报告' },
  { format: 'pdf', label: 'PDF 报告' },
  { format: 'xlsx', label: 'Excel 报告' },
] as const;

/** The report of one county's year. */
export function TrackReports({ trackId }: { trackId: string }) {
  return formats.map(({ format, label }) => (
    <Download key={format} route={countyReport} input={{ params: { trackId }, query: { format } }} kind="quiet">
      {label}
    </Download>
  ));
}

/** The report of everybody in reach. */
export function CityReports({ year }: { year: number }) {
  return formats.map(({ format, label }) => (
    <Download key={format} route={cityReport} input={{ query: { year, format } }} kind="quiet">
      {label}
    </Download>
  ));
}
