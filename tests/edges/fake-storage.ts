// The browser's own storage for tests, of as many contexts as ask: what one sets, the others read.

/** In place of `webextension-polyfill`, for code that keeps something there. @param local  what is kept */
export const fakeBrowser = (local: Map<string, unknown>) => ({
  storage: {
    local: {
      get: async (key: string) => (local.has(key) ? { [key]: local.get(key) } : {}),
      set: async (values: object) => {
        for (const [key, value] of Object.entries(values)) local.set(key, value);
      },
      remove: async (key: string) => void local.delete(key),
    },
    onChanged: { addListener: () => undefined },
  },
});
