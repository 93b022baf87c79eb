import TraderCLI

await runTrader()
