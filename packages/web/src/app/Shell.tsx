import { Outlet, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../lib/texts.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Logo } from "./Logo.tsx";
import { Overlays } from "./Overlays.tsx";
import styles from "./Shell.module.css";
import { Sidebar } from "./Sidebar.tsx";
import { appTexts } from "./texts.ts";

/** The frame around every screen: the sidebar, which is a drawer on a narrow window, and the screen. */
export function Shell() {
  const t = useTexts(appTexts);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen closes the drawer
  useEffect(() => setDrawerOpen(false), [path]);
  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: below <base> a bare #main would lead to the home page */}
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t.skip}
      </a>
      <header className={styles.top}>
        <IconButton label={t.menu} aria-expanded={isDrawerOpen} onClick={() => setDrawerOpen(!isDrawerOpen)}>
          <MenuIcon size={18} aria-hidden />
        </IconButton>
        <Logo />
        <span className={styles.name}>{t.brand}</span>
      </header>
      <Sidebar isDrawerOpen={isDrawerOpen} onClose={() => setDrawerOpen(false)} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Overlays />
    </div>
  );
}
