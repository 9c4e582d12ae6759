export { default as DeliveryList } from './DeliveryList.tsx';
export { default as MailChoices } from './MailChoices.tsx';
export { default as NoticeList } from './NoticeList.tsx';
