import { useSyncExternalStore } from 'react';
import style from './Offline.module.css';

function subscribe(listen: () => void): () => void {
  addEventListener('online', listen);
  addEventListener('offline', listen);
  return () => {
    removeEventListener('online', listen);
    removeEventListener('offline', listen);
  };
}

/** Shown when the network is gone: one line about what still works. */
export function Offline() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <p className={`${style.band} screen-only`} role="status">
      网络已断开。已打开的内容仍可查看；正在填写的数据先保存在本机，联网后自动上传。提交、审核和导入须等网络恢复。
    </p>
  );
}
