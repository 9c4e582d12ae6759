/** Refusals of files that are brought, attached and opened. */
export const fileProblems = {
  'file.refused': {
    status: 422,
    kind: 'input',
    sentence: (details: { name: string; because: string }) =>
      `“${details.name}”没有收下：${details.because}；请换成原来的文件，或另存为 PDF、图片后再上传。`,
  },
  'file.empty': {
    status: 422,
    kind: 'input',
    sentence: () => '这个文件是空的（0 字节），没有收下；请检查后重新选择。',
  },
  'file.tooLarge': {
    status: 413,
    kind: 'input',
    sentence: (details: { limitBytes: number }) =>
      `一个文件最大 ${Math.floor(details.limitBytes / 1024 ** 3)} GB，这个文件超出了；请压缩或分成几个文件后再上传。`,
  },
  'file.tooManyUploads': {
    status: 409,
    kind: 'state',
    sentence: (details: { most: number; mostGigabytes: number }) =>
      `您还有没传完的文件（最多 ${details.most} 个，共 ${details.mostGigabytes} GB），请先传完或取消，再传新的。`,
  },
  'file.noRoom': {
    status: 507,
    kind: 'fault',
    sentence: () => '服务器的磁盘空间不足，这个文件暂时收不下；已经传到的部分留着，请通知系统管理员后再继续。',
    retryAfter: 60,
  },
  'file.notWhole': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件还没有传完或正在检查，请稍候再附上。',
    retryAfter: 2,
  },
  'file.gone': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件已经不在系统里，不能再附上；请重新上传。',
  },
  'file.waiting': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件正在查毒，查完才能打开，请稍候。',
    retryAfter: 10,
  },
  'file.infected': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件查出病毒，已经封存，不能打开；请联系上传的人重新提供。',
  },
  'file.noPreview': {
    status: 422,
    kind: 'input',
    sentence: () => '这个文件不能在页面里查看，请下载后打开。',
  },
  'file.notDrawn': {
    status: 422,
    kind: 'input',
    sentence: () =>
      '这张图片无法读取：文件已损坏、不完整，或尺寸过大。上传单位可以下载原件核对，其他人请联系上传单位重新提供。',
  },
  'file.noDrawing': {
    status: 503,
    kind: 'fault',
    sentence: () =>
      '这台服务器没有装好绘图组件（sharp），图片不能在页面里显示，请下载后查看；请系统管理员重新运行 npm install。',
  },
  'file.previewBusy': {
    status: 429,
    kind: 'state',
    sentence: () => '同时查看的文件较多，这一份还没有准备好，请几秒后再打开。',
    retryAfter: 3,
  },
  'file.undoOver': {
    status: 409,
    kind: 'state',
    sentence: () => '已经过了可以撤销的时间，或不是您移除的；需要时请重新附上。',
  },
} as const;
