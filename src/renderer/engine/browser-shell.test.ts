// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrowserShell } from './browser-shell';

const bytes = new Uint8Array([1, 2, 3]);
const page = window as unknown as Record<string, unknown>;
let downloads: { name: string; href: string }[];

/** A file handle that keeps what was written to it; nothing counts until it is closed. */
function createHandle(
  name: string,
  failure?: Error,
): { name: string; content: Uint8Array | null; aborted: boolean; getFile(): Promise<File>; createWritable(): Promise<unknown> } {
  return {
    name,
    content: null,
    aborted: false,
    getFile: async () => new File([bytes], name),
    async createWritable() {
      let pending: Uint8Array | null = null;
      return {
        write: async (chunk: Uint8Array) => {
          if (failure) throw failure;
          pending = chunk;
        },
        close: async () => {
          this.content = pending;
        },
        abort: async () => {
          this.aborted = true;
        },
      };
    },
  };
}

beforeEach(() => {
  downloads = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    downloads.push({ name: this.download, href: this.href });
  });
});
afterEach(() => {
  delete page['showOpenFilePicker'];
  delete page['showSaveFilePicker'];
  vi.restoreAllMocks();
});

describe('the browser shell', () => {
  it('saves where the user says, and there again without asking', async () => {
    const handle = createHandle('voice.vividtalker');
    const picker = vi.fn(async () => handle);
    page['showSaveFilePicker'] = picker;
    const shell = createBrowserShell();
    const saved = await shell.saveFile({ suggestedName: 'x.vividtalker', bytes });
    expect(picker).toHaveBeenCalledWith({ suggestedName: 'x.vividtalker' });
    expect([saved?.fileName, handle.content]).toEqual(['voice.vividtalker', bytes]);
    await shell.saveFile({ suggestedName: 'x.vividtalker', bytes: new Uint8Array([9]), saveId: saved?.saveId });
    expect([picker.mock.calls.length, handle.content]).toEqual([1, new Uint8Array([9])]);
    expect(downloads).toEqual([]);
  });

  it('saves nothing when the user closes the picker', async () => {
    page['showSaveFilePicker'] = () => Promise.reject(new DOMException('closed', 'AbortError'));
    expect(await createBrowserShell().saveFile({ suggestedName: 'a.glb', bytes })).toBeNull();
    expect(downloads).toEqual([]);
  });

  it('downloads when the click is too old for a picker, or there is none', async () => {
    page['showSaveFilePicker'] = () => Promise.reject(new DOMException('no user gesture', 'SecurityError'));
    expect(await createBrowserShell().saveFile({ suggestedName: 'a.glb', bytes })).toMatchObject({ fileName: 'a.glb' });
    delete page['showSaveFilePicker'];
    await createBrowserShell().saveFile({ suggestedName: 'b.fbx', bytes });
    expect(downloads.map((download) => download.name)).toEqual(['a.glb', 'b.fbx']);
    expect(downloads[0]?.href).toMatch(/^blob:/);
  });

  it('leaves the old file when writing fails, and says so', async () => {
    const handle = createHandle('full.glb', new DOMException('no space', 'QuotaExceededError'));
    page['showSaveFilePicker'] = async () => handle;
    await expect(createBrowserShell().saveFile({ suggestedName: 'a', bytes })).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('full.glb'),
    });
    expect([handle.aborted, handle.content]).toEqual([true, null]);
  });

  it('opens files that can be saved in place', async () => {
    const handle = createHandle('voice.vividtalker');
    page['showOpenFilePicker'] = async () => [handle];
    const shell = createBrowserShell();
    const [file] = await shell.chooseFiles({ title: 'Open', extensions: ['vividtalker'], multiple: false });
    expect(file).toMatchObject({ fileName: 'voice.vividtalker', sizeBytes: 3 });
    expect(await file?.read(1, 3)).toEqual(new Uint8Array([2, 3]));
    await shell.saveFile({ suggestedName: 'x', bytes, saveId: file?.saveId });
    expect(handle.content).toEqual(bytes);
  });

  it('opens files by an input element without the pickers', async () => {
    const clicked = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
      Object.defineProperty(this, 'files', { value: [new File([bytes], 'voice.wav')] });
      this.dispatchEvent(new Event('change'));
    });
    const [file] = await createBrowserShell().chooseFiles({ title: 'Import', extensions: ['wav', 'mp3'], multiple: true });
    expect(file).toMatchObject({ fileName: 'voice.wav', sizeBytes: 3, saveId: undefined });
    expect(clicked.mock.contexts[0]).toMatchObject({ type: 'file', multiple: true, accept: '.wav,.mp3' });
    clicked.mockImplementation(function (this: HTMLInputElement) {
      this.dispatchEvent(new Event('cancel'));
    });
    expect(await createBrowserShell().chooseFiles({ title: 'Import', extensions: ['wav'], multiple: false })).toEqual([]);
  });

  it('names the document and asks before unsaved changes are lost', () => {
    const shell = createBrowserShell();
    const leave = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    shell.setDocumentState({ title: 'voice', isModified: true });
    expect([document.title, leave()]).toEqual(['• voice', false]);
    shell.setDocumentState({ title: 'voice', isModified: false });
    expect([document.title, leave()]).toEqual(['voice', true]);
  });

  it('cannot show files in a file manager', async () => {
    const shell = createBrowserShell();
    expect(shell.canRevealFile).toBe(false);
    await expect(shell.revealFile('x')).rejects.toMatchObject({ code: 'not-supported' });
  });
});
