import { Link } from '@tanstack/react-router';

/** No page at this address. */
export function NotFound() {
  return (
    <main className="page-fault">
      <title>找不到页面 · 督导 Dudao</title>
      <h1>这个地址下没有页面</h1>
      <p>链接可能已经过时，或者输入有误。可按 Ctrl K 按名称查找单位、学校和页面。</p>
      <p>
        <Link to="/">回到首页</Link>
      </p>
    </main>
  );
}
