/**
 * The full-width forms of ASCII (U+FF01 to U+FF5E) and the full-width blank in half width; nothing else is touched. So
 * `５²` does not become `52` and `①` does not become `1`, as they would with Unicode's own folding (NFKC).
 */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}
