import { App, ConfigProvider, theme } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useSyncExternalStore } from 'react';
import { dark, light, radius, systemSans, target } from '../../ui/tokens.ts';
import { useFrame } from './frame.tsx';

const darkScreen = matchMedia('(prefers-color-scheme: dark)');
const fingers = matchMedia('(max-width: 760px), (pointer: coarse)');

function useMedia(media: MediaQueryList): boolean {
  const watch = (changed: () => void): (() => void) => {
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  };
  return useSyncExternalStore(watch, () => media.matches);
}

/** The tokens in the light or dark that the screen asks for, for what is drawn and not styled. */
export const useColours = (): typeof light | typeof dark => (useMedia(darkScreen) ? dark : light);

/** The tokens of every face, spoken to Ant Design. Its styles carry the nonce: no other may apply. */
export function Themed({ children }: { children: ReactNode }) {
  const { language, nonce } = useFrame();
  const isDark = useMedia(darkScreen);
  const isTouched = useMedia(fingers);
  const colours = isDark ? dark : light;
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enGB}
      csp={{ nonce }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: colours.accent,
          colorLink: colours.accent,
          colorLinkHover: colours.accent,
          colorLinkActive: colours.accent,
          colorSuccess: colours.settled,
          colorWarning: colours.near,
          colorError: colours.late,
          colorTextBase: colours.ink,
          colorTextSecondary: colours.softInk,
          colorTextTertiary: colours.softInk,
          colorTextDescription: colours.softInk,
          // What may not be pressed is read all the same: its reason stands beside it.
          colorTextDisabled: colours.softInk,
          colorTextPlaceholder: colours.softInk,
          colorTextLightSolid: colours.panel,
          colorBgBase: colours.panel,
          colorBgContainer: colours.panel,
          colorBgElevated: colours.panel,
          colorBgLayout: colours.paper,
          colorBorder: colours.softInk,
          colorBorderSecondary: colours.line,
          // What is under way is read like the rest.
          opacityLoading: 1,
          borderRadius: radius,
          fontFamily: systemSans,
          fontSize: 14,
          controlHeight: isTouched ? target.least : 36,
          motion: false,
        },
        components: { Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 600 } },
      }}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}
