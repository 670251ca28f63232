import { defineConfig } from "@playwright/test";

// Debian's Chromium; its sandbox cannot run as root.
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests",
  timeout: 30_000,
  workers: 1,
  reporter: "list",
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        ...(asRoot ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "with WebAssembly" },
    {
      name: "without WebAssembly",
      // These need a script of their own in the page, or no browser at all.
      testIgnore: /hydrated|catalog-client|github-stand-in/,
      use: { javaScriptEnabled: false },
    },
  ],
});
