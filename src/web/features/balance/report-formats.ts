/** What a report is downloaded as, with the verb of its button. */
export const reportFormats = [
  { format: 'docx', label: 'Word 报告' },
  { format: 'pdf', label: 'PDF 报告' },
  { format: 'xlsx', label: 'Excel 报告' },
] as const;
