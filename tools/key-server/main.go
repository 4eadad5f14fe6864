// Vault of that age comes with a certificate whose serial number is negative, which a newer Go
// refuses to parse at start.
//go:debug x509negativeserial=1

// Command key-server is a real HashiCorp Vault 1.13.0 with nothing in it but what the card vault
// uses: Transit, AppRole, the file audit device, policies, sealing. It initialises and unseals
// itself and tells how to reach it in one line of JSON. For tests and trials, never for cardholder
// data: it prints its own keys.
package main

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/vault/audit"
	auditfile "github.com/hashicorp/vault/builtin/audit/file"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/builtin/logical/transit"
	"github.com/hashicorp/vault/helper/namespace"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/helper/logging"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical"
	"github.com/hashicorp/vault/sdk/physical/file"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
	"github.com/hashicorp/vault/version"
)

var (
	listen        = flag.String("listen", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	storageDir    = flag.String("storage-dir", "", "keep everything in this folder (else in memory)")
	rootToken     = flag.String("root-token", "", "root token to create at the first start (else a random one)")
	unsealKey     = flag.String("unseal-key", "", "hex key to unseal an initialised -storage-dir with (else it starts sealed)")
	tlsCert       = flag.String("tls-cert", "", "PEM file of the certificate chain; serves https with -tls-key")
	tlsKey        = flag.String("tls-key", "", "PEM file of the certificate's key")
	logLevel      = flag.String("log-level", "warn", "trace, debug, info, warn, error or off, to stderr")
	exitWithStdin = flag.Bool("exit-with-stdin", false, "exit when stdin closes, so that no orphan outlives its parent")
)

// ready is the one line on stdout.
type ready struct {
	Address     string   `json:"address"`
	RootToken   string   `json:"root_token,omitempty"`  // unless initialised by an earlier run
	UnsealKeys  []string `json:"unseal_keys,omitempty"` // the same
	Initialized bool     `json:"initialized_now"`
	Sealed      bool     `json:"sealed"`
	Version     string   `json:"version"`
	PID         int      `json:"pid"`
}

// builtins tells Vault's plugin catalog what is compiled in.
type builtins struct{}

var (
	secrets     = map[string]logical.Factory{"transit": transit.Factory}
	credentials = map[string]logical.Factory{"approle": approle.Factory}
)

func factories(kind consts.PluginType) map[string]logical.Factory {
	switch kind {
	case consts.PluginTypeSecrets:
		return secrets
	case consts.PluginTypeCredential:
		return credentials
	default:
		return nil
	}
}

func (builtins) Get(name string, kind consts.PluginType) (func() (interface{}, error), bool) {
	factory, ok := factories(kind)[name]
	return func() (interface{}, error) { return factory, nil }, ok
}

func (builtins) Contains(name string, kind consts.PluginType) bool {
	_, ok := factories(kind)[name]
	return ok
}

func (builtins) Keys(kind consts.PluginType) (names []string) {
	for name := range factories(kind) {
		names = append(names, name)
	}
	return names
}

func (builtins) DeprecationStatus(name string, kind consts.PluginType) (consts.DeprecationStatus, bool) {
	_, ok := factories(kind)[name]
	return consts.Supported, ok
}

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "key-server:", err)
		os.Exit(1)
	}
}

func run() error {
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flag.Arg(0))
	}
	if (*tlsCert == "") != (*tlsKey == "") {
		return errors.New("-tls-cert and -tls-key go together")
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	if *exitWithStdin {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop <- syscall.SIGTERM
		}()
	}

	logger := logging.NewVaultLoggerWithWriter(os.Stderr, hclog.LevelFromString(*logLevel))
	storage, err := openStorage(logger)
	if err != nil {
		return err
	}
	core, err := vault.NewCore(&vault.CoreConfig{
		Physical:           storage,
		BuiltinRegistry:    builtins{},
		LogicalBackends:    secrets,
		CredentialBackends: credentials,
		AuditBackends:      map[string]audit.Factory{"file": auditfile.Factory},
		DisableMlock:       true,
		Logger:             logger,
		LogLevel:           *logLevel,
	})
	if err != nil {
		return err
	}
	line, err := open(core)
	if err != nil {
		return err
	}

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           vaulthttp.Handler.Handler(&vault.HandlerProperties{Core: core}),
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS12},
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       5 * time.Minute,
		ErrorLog:          logger.StandardLogger(nil),
	}
	failed := make(chan error, 1)
	if *tlsCert != "" {
		if _, err := tls.LoadX509KeyPair(*tlsCert, *tlsKey); err != nil {
			return err
		}
		line.Address = "https://" + listener.Addr().String()
		go func() { failed <- server.ServeTLS(listener, *tlsCert, *tlsKey) }()
	} else {
		line.Address = "http://" + listener.Addr().String()
		go func() { failed <- server.Serve(listener) }()
	}
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		return err
	}

	select {
	case err := <-failed:
		return err
	case <-stop:
	}
	soon, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = server.Shutdown(soon) // what still runs after two seconds is cut off
	return core.Shutdown()
}

func openStorage(logger hclog.Logger) (physical.Backend, error) {
	if *storageDir == "" {
		return inmem.NewInmem(nil, logger)
	}
	return file.NewFileBackend(map[string]string{"path": *storageDir}, logger)
}

// open initialises a new core, or unseals one that an earlier run initialised.
func open(core *vault.Core) (*ready, error) {
	ctx := namespace.RootContext(context.Background())
	line := &ready{Version: version.GetVersion().Version, PID: os.Getpid()}
	initialized, err := core.Initialized(ctx)
	if err != nil {
		return nil, err
	}
	var key []byte
	if initialized {
		if key, err = hex.DecodeString(*unsealKey); err != nil {
			return nil, fmt.Errorf("-unseal-key is not hex: %w", err)
		}
	} else {
		result, err := core.Initialize(ctx, &vault.InitParams{
			BarrierConfig: &vault.SealConfig{SecretShares: 1, SecretThreshold: 1},
		})
		if err != nil {
			return nil, err
		}
		key = result.SecretShares[0]
		line.Initialized, line.RootToken = true, result.RootToken
		line.UnsealKeys = []string{hex.EncodeToString(key)}
	}
	if len(key) > 0 {
		if _, err := core.Unseal(key); err != nil {
			return nil, fmt.Errorf("cannot unseal: %w", err)
		}
	}
	if line.Initialized && *rootToken != "" {
		if err := replaceRootToken(ctx, core, line.RootToken); err != nil {
			return nil, err
		}
		line.RootToken = *rootToken
	}
	line.Sealed = core.Sealed()
	return line, nil
}

// replaceRootToken creates the wished token and revokes the random one, as `vault server -dev` does.
func replaceRootToken(ctx context.Context, core *vault.Core, random string) error {
	request := &logical.Request{
		ID:          "create-root-token",
		Operation:   logical.UpdateOperation,
		ClientToken: random,
		Path:        "auth/token/create",
		Data: map[string]interface{}{
			"id": *rootToken, "policies": []string{"root"}, "no_parent": true, "no_default_policy": true,
		},
	}
	response, err := core.HandleRequest(ctx, request)
	if err == nil && response != nil {
		err = response.Error()
	}
	if err != nil {
		return fmt.Errorf("cannot create the root token: %w", err)
	}
	request.ID, request.Path, request.Data = "revoke-random-root-token", "auth/token/revoke-self", nil
	_, err = core.HandleRequest(ctx, request)
	return err
}
