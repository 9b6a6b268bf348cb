// One build for each browser, from one manifest: `vite build --mode chrome|firefox` → dist/<mode>.
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import chromeManifest from './manifest.json' with { type: 'json' };
import { manifestForChrome } from './scripts/build/chrome-manifest';
import { firefoxManifest } from './scripts/build/firefox-manifest';
import { hdf5Wasm } from './scripts/build/hdf5-wasm';
import { injectedScripts } from './scripts/build/injected-scripts';
import { licences } from './scripts/build/licences';
import { PACKED_FOLDER, packedBackbone } from './scripts/build/packed-backbone';
import { sharedPage } from './scripts/build/shared-page';
import { tamedLibraries } from './scripts/build/tamed-libraries';

export default defineConfig(({ mode }) => {
  const target = mode === 'firefox' ? 'firefox' : 'chrome';
  const manifest = target === 'firefox' ? firefoxManifest(chromeManifest) : manifestForChrome(chromeManifest);
  return {
    plugins: [
      injectedScripts(),
      tamedLibraries(),
      preact(),
      crx({ manifest: manifest as unknown as ManifestV3Export, browser: target }),
      sharedPage(),
      licences(),
      // Tests and walks with weights of their own build without those that a user had packed.
      packedBackbone(process.env.GLEANER_PACKED === 'yes' ? PACKED_FOLDER : undefined),
    ],
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        // The plugin finds Chrome's side panel in the manifest, but not Firefox's sidebar.
        ...(target === 'firefox' && { input: { 'side-panel': chromeManifest.side_panel.default_path } }),
        checks: { bundlerTimings: false },
      },
    },
    worker: {
      format: 'es',
      plugins: () => [tamedLibraries(), hdf5Wasm()],
      // Licence comments are half of the worker's size; the licences are listed in the package instead.
      rolldownOptions: { output: { comments: false }, checks: { bundlerTimings: false } },
    },
  };
});
