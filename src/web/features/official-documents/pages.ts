export { default as LetterEditor } from './edit/LetterEditor.tsx';
export { default as LetterPage } from './letter/LetterPage.tsx';
export { default as LetterList } from './list/LetterList.tsx';
export { default as ReceiptList } from './receipt/ReceiptList.tsx';
export { default as ReceiptPage } from './receipt/ReceiptPage.tsx';
export { default as LetterSeries } from './series/LetterSeries.tsx';
