/** The office in whose name a unit writes letters, where its series names no other. */
export function officeOf(unitName: string): string {
  return `${unitName}人民政府教育督导室`;
}

/** The office that is printed as the sender of a letter, and behind it the unit that wrote it where that is another. */
export function senderText(sender: string, writer: string): string {
  return sender === officeOf(writer) ? sender : `${sender}（由${writer}制发）`;
}
